#include "ohmloop/report/page/inline_svg.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

using namespace std::string_literals;

TEST(InlineSvg, GetsItsOwnNamesAndThePagesColours) {
  const std::string svg =
      "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3.3in\" height=\"2in\" viewBox=\"0 0 "
      "9 9\">"
      "<title>a &amp; b</title><defs><circle id='dot' r='1'/></defs><g class=\"x\" fill = 'rgb( 34,  34,  34)'>"
      "<use xlink:href='#dot' stroke=\"rgb(  0, 114, 178)\"/><rect filter='url(#shade)' fill=\"#ffffff\"/>"
      "<text>id='dot' > x</text></g></svg>\n";
  EXPECT_EQ(inline_svg(svg, "f1"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>a &amp; b</title><defs>"
            "<circle id='f1-dot' r='1'/></defs><g fill='var(--ink)'><use xlink:href='#f1-dot' "
            "stroke=\"rgb(  0, 114, 178)\"/><rect filter='url(#f1-shade)' fill=\"var(--paper)\"/>"
            "<text>id='dot' > x</text></g></svg>");
}

TEST(InlineSvg, RefusesWhatIsNoPlainDrawing) {
  for (const std::string& inside : {"<script>alert(1)</script>"s,
                                    "<g onload=\"alert(1)\"/>"s,
                                    "<foreignObject><p>x</p></foreignObject>"s,
                                    "<image xlink:href=\"http://example.org/a.png\"/>"s,
                                    "<use href=\"http://example.org/a.svg#x\"/>"s,
                                    "<rect style=\"fill:url(http://example.org)\"/>"s,
                                    "<rect fill=\"url(http://example.org)\"/>"s,
                                    "<rect filter=\"url(#a) url(http://example.org)\"/>"s,
                                    "<a href=\"#x\"><text>x</text></a>"s,
                                    "<!-- x -->"s,
                                    "<![CDATA[<script>]]>"s,
                                    "<g>"s,
                                    "</g>"s,
                                    "<g></svg>"s,
                                    "<rect fill=red/>"s,
                                    "<rect fill=\"red/>"s,
                                    "<rect fill/>"s,
                                    "<style>*{}</style>"s,
                                    "<rect id=\"a<b\"/>"s,
                                    "<set attributeName=\"href\"/>"s})
    EXPECT_EQ(inline_svg("<svg>" + inside + "</svg>", "f"), std::nullopt) << inside;
  for (const std::string& whole : {""s, "text"s, "<svg"s, "<svg>"s, "<svg></svg><svg></svg>"s, "<html><svg></html>"s})
    EXPECT_EQ(inline_svg(whole, "f"), std::nullopt) << whole;
}

RC_GTEST_PROP(InlineSvgProperty, nothing_opens_a_tag_of_its_own, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element("<"s, ">"s, "/"s, "svg"s, "g"s, " "s, "id"s, "="s, "'"s, "\""s, "<svg>"s, "</svg>"s, "script"s,
                       "<g>"s, "</g>"s, "<script>"s, "x"s, "&"s, "<!--"s, "url(#a)"s, "url(b)"s));
  std::string svg;
  for (const std::string& piece : pieces) svg += piece;
  const std::optional<std::string> result = inline_svg(svg, "f");
  if (result) {
    RC_ASSERT(result->find("<script") == std::string::npos);
    RC_ASSERT(result->find("<!") == std::string::npos);
    RC_ASSERT(inline_svg(*result, "g").has_value());
  }
}

}  // namespace
}  // namespace ohmloop
