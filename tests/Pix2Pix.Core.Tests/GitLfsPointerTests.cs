namespace Pix2Pix.Core.Tests;

public sealed class GitLfsPointerTests
{
    private const string Text = "It is a Git LFS pointer instead of the file; download the file with 'git lfs pull'.";

    [Fact]
    public void Problem_APointer_NamesTheRemedy()
        => Assert.Equal(Text, GitLfsPointer.Problem("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"u8));

    [Theory]
    [InlineData("")]
    [InlineData("version https://git-lfs.github.co")]
    [InlineData("Version 1 of https://git-lfs.github.com/spec/v1")]
    public void Problem_OtherFiles_IsNull(string text)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);

        Assert.Null(GitLfsPointer.Problem(path));

        File.Delete(path);
    }
}
