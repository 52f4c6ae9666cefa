namespace EbsPv.Sandbox.Server;

/// <summary>Ends the connection in the middle of an answer. Unlike an abort, which resets the connection, this lets what was written arrive.</summary>
public sealed class AnswerCutException() : Exception("The sandbox was told to cut this answer.");
