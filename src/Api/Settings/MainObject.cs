namespace ImageSearch.Api.Settings;

/// <summary>Where the main object of a picture gets a vector of its own (setting MAIN_OBJECT).</summary>
internal enum MainObject
{
    /// <summary>As the model's manifest recommends: in searches, or nowhere.</summary>
    Auto,

    /// <summary>In searches: finds a product in a photo of a scene.</summary>
    Query,

    /// <summary>Nowhere.</summary>
    Off,

    /// <summary>In searches and in the table, for catalogues of scene photos.</summary>
    Both,
}
