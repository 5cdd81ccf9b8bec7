using System.Globalization;
using Pix2Pix.Reporting;

namespace Pix2Pix.Core.Tests.Reporting;

public class HtmlBuilderTests
{
    [Fact]
    public void Add_TextWithMarkup_IsEscaped()
    {
        const string Evil = "<script>alert('x')</script> & \"quotes\"";
        Assert.Equal(
            "<p title='&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;'>1.50</p>",
            new HtmlBuilder().Add($"<p title='{Evil}'>{1.5:0.00}</p>").ToString());
    }

    [Fact]
    public void Add_AnotherBuilder_IsMarkupAlready()
        => Assert.Equal("<b>a &lt; b</b>", new HtmlBuilder().Add(new HtmlBuilder().Add($"<b>{"a < b"}</b>")).ToString());

    [Fact]
    public void Add_NumbersUnderAnotherCulture_HaveAPoint()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty) { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal("x='0.5'", new HtmlBuilder().Add($"x='{0.5}'").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Add_Null_IsNothing() => Assert.Equal("<i></i>", new HtmlBuilder().Add($"<i>{(string?)null}</i>").ToString());
}
