using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("ImageSearch.Api.Tests")]
