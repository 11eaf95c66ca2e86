using System.Globalization;
using ImageSearch.RetrievalBench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["photographs", var photographs, var set]:
        PhotographSet.Write(photographs, set);
        return 0;
    case ["margins", var set, var margins]:
        MarginSet.Write(RetrievalSet.Read(set), margins);
        return 0;
    case ["shrink", var set, .. var models] when models.Length > 0:
        foreach (var model in models) ShrinkTable.Print(RetrievalSet.Read(set), model);
        return 0;
    case ["views", var set, .. var models] when models.Length > 0:
        foreach (var model in models) ViewTable.Print(RetrievalSet.Read(set), model);
        return 0;
    case ["decode", var model, .. var pictures] when pictures.Length > 0:
        DecodeTable.Print(model, pictures);
        return 0;
    default:
        Console.Error.WriteLine("photographs FOLDER SET | margins SET OTHER | shrink SET MODEL... | views SET MODEL... | decode MODEL PICTURE...");
        return 2;
}
