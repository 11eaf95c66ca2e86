using Superpower.Model;

namespace ImageSearch.Filtering.Parsing;

/// <summary>Limits how deep brackets and NOTs nest, because the grammar and all readers of the tree recurse.</summary>
internal static class FilterDepth
{
    /// <returns>Null, or the failure of a filter that is too deep.</returns>
    public static Failure? Check(TokenList<FilterToken> tokens, FilterFaults faults)
    {
        // The depth that each open bracket adds: itself and the NOTs before it.
        var open = new Stack<int>();
        var depth = 0;
        var nots = 0;
        foreach (var token in tokens)
        {
            if (token.Kind == FilterToken.Not)
            {
                nots++;
            }
            else if (token.Kind == FilterToken.Open)
            {
                open.Push(nots + 1);
                depth += nots + 1;
                nots = 0;
            }
            else
            {
                if (token.Kind == FilterToken.Close && open.TryPop(out var added)) depth -= added;
                nots = 0;
            }

            if (depth + nots > FilterParser.MaxDepth)
                return faults.At(token.Position.Absolute, $"brackets and NOTs nest deeper than {FilterParser.MaxDepth}, the maximum");
        }

        return null;
    }
}
