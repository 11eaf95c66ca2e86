namespace ImageSearch.Pages.Hosting;

/// <summary>What the pages need of the service.</summary>
/// <param name="Service">The service's own address, by which the pages call <c>/v1</c>. Known once the web server listens.</param>
/// <param name="KeyFolder">The folder of the keys that encrypt cookies; null if the process has no folder: cookies end with it then.</param>
/// <param name="BodyDeadline">The time in which the body of a request must come.</param>
public sealed record PagesOptions(Func<Uri> Service, string? KeyFolder, TimeSpan BodyDeadline);
