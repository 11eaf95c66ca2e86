using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Tests.Terminal;

public sealed class InlinePictureTests
{
    [Theory]
    [InlineData("TERM_PROGRAM=iTerm.app TERM=xterm-256color", true)]
    [InlineData("TERM_PROGRAM=WezTerm", true)]
    [InlineData("TERM_PROGRAM=mintty", true)]
    [InlineData("LC_TERMINAL=iTerm2 TERM=xterm-256color", true)]
    [InlineData("KONSOLE_VERSION=220400", true)]
    [InlineData("KONSOLE_VERSION=211203", false)]
    [InlineData("KONSOLE_VERSION=new", false)]
    [InlineData("TERM_PROGRAM=Apple_Terminal TERM=xterm-256color", false)]
    [InlineData("TERM=xterm-kitty", false)]
    [InlineData("", false)]
    [InlineData("TERM_PROGRAM=iTerm.app TMUX=/tmp/tmux-0/default,1,0", false)]
    [InlineData("TERM_PROGRAM=WezTerm STY=1.pts-0.host", false)]
    [InlineData("LC_TERMINAL=iTerm2 TERM=screen-256color", false)]
    [InlineData("LC_TERMINAL=iTerm2 TERM=tmux-256color", false)]
    public void A_terminal_shows_pictures_if_it_says_so_and_no_multiplexer_is_in_between(string variables, bool isShown)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        InlinePicture.IsShown(environment.GetValueOrDefault).ShouldBe(isShown);
    }

    [Fact]
    public void A_picture_is_one_sequence_with_its_size_and_bytes()
    {
        var output = new StringWriter();

        InlinePicture.Write(output, [0x1B, 0x07, 0xFF], lines: 6);

        output.ToString().ShouldBe("\u001b]1337;File=inline=1;size=3;height=6;preserveAspectRatio=1:Gwf/\a\n");
    }
}
