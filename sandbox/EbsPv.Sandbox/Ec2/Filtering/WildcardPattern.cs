namespace EbsPv.Sandbox.Ec2.Filtering;

/// <summary>A filter value: * stands for any text, ? for one character, \ takes the meaning from the next one. Case counts.</summary>
public sealed class WildcardPattern
{
    private readonly List<Piece> _pieces = [];
    private readonly string? _literal;

    public WildcardPattern(string value)
    {
        for (var i = 0; i < value.Length; i++)
            _pieces.Add(value[i] switch
            {
                '\\' when i + 1 < value.Length => new Piece(Kind.Literal, value[++i]),
                '*' => new Piece(Kind.Any, '*'),
                '?' => new Piece(Kind.One, '?'),
                var character => new Piece(Kind.Literal, character),
            });
        if (_pieces.All(piece => piece.Kind == Kind.Literal))
            _literal = string.Concat(_pieces.Select(piece => piece.Character));
    }

    private enum Kind
    {
        Literal,
        One,
        Any,
    }

    public bool Matches(string text)
    {
        if (_literal is not null) return text == _literal;

        // Greedy with one point to come back to: a later * makes every earlier one settled.
        int position = 0, piece = 0, star = -1, starPosition = 0;
        while (position < text.Length)
        {
            if (piece < _pieces.Count && _pieces[piece].Kind == Kind.Any)
            {
                star = piece++;
                starPosition = position;
            }
            else if (piece < _pieces.Count && _pieces[piece].Fits(text[position]))
            {
                piece++;
                position++;
            }
            else if (star >= 0)
            {
                piece = star + 1;
                position = ++starPosition;
            }
            else
            {
                return false;
            }
        }
        while (piece < _pieces.Count && _pieces[piece].Kind == Kind.Any) piece++;
        return piece == _pieces.Count;
    }

    private readonly record struct Piece(Kind Kind, char Character)
    {
        public bool Fits(char character) => Kind == Kind.One || (Kind == Kind.Literal && Character == character);
    }
}
