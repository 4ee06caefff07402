#include "ohmloop/report/figures/picture_bytes.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "ohmloop/report/figures/figure_text.hpp"

namespace ohmloop {
namespace {

/// Two ways in which gnuplot 5.4 names its fonts, and what a reader of SVG makes the best of.
struct FontName {
  std::string_view gnuplot;
  std::string_view families;
};
constexpr std::array<FontName, 2> font_names = {
    {{"font-family=\"Helvetica\"", "font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\""},
     {"font-family=\"Helvetica:Bold\"",
      "font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-weight=\"bold\""}}};

/// Text between tags has its '<' escaped by gnuplot, but not its '>', and XML forbids "]]>".
std::string with_own_fonts(std::string_view svg) {
  std::string result;
  bool in_tag = false;
  for (std::size_t i = 0; i < svg.size();) {
    if (svg[i] == '<') in_tag = true;
    if (svg[i] == '>' && !in_tag) {
      result += "&gt;";
      ++i;
      continue;
    }
    if (svg[i] == '>') in_tag = false;
    const auto* font = std::find_if(font_names.begin(), font_names.end(), [&](const FontName& one) {
      return in_tag && svg.compare(i, one.gnuplot.size(), one.gnuplot) == 0;
    });
    if (font == font_names.end()) {
      result += svg[i++];
    } else {
      result += font->families;
      i += font->gnuplot.size();
    }
  }
  return result;
}

}  // namespace

std::string labelled_svg(const std::string& svg, const PictureLabel& label) {
  const std::size_t view = svg.find("viewBox=\"");
  const std::size_t canvas = svg.find("<g id=\"gnuplot_canvas\">");
  if (view == std::string::npos || canvas == std::string::npos || view > canvas) return svg;
  const std::string view_box = svg.substr(view, svg.find('"', view + 9) + 1 - view);
  std::string result = fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
      "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{:.3f}in\" height=\"{:.3f}in\" {} role=\"img\">\n"
      "<title>{}</title>\n",
      label.width_inches, label.height_inches, view_box, escaped_markup(label.title));
  if (!label.description.empty()) result += fmt::format("<desc>{}</desc>\n", escaped_markup(label.description));
  return result + with_own_fonts(std::string_view(svg).substr(canvas));
}

std::string undated_pdf(std::string pdf) {
  constexpr std::string_view key = "/CreationDate (D:";
  for (std::size_t found = pdf.find(key); found != std::string::npos; found = pdf.find(key, found + 1)) {
    constexpr std::string_view epoch = "19700101000000";
    std::size_t at = found + key.size();
    for (std::size_t i = 0;
         i < epoch.size() && at < pdf.size() && std::isdigit(static_cast<unsigned char>(pdf[at])) != 0; ++i, ++at)
      pdf[at] = epoch[i];
    // What follows is the place's distance from Greenwich: Z, or +01'00.
    for (; at < pdf.size() && pdf[at] != ')'; ++at) {
      if (std::isdigit(static_cast<unsigned char>(pdf[at])) != 0) pdf[at] = '0';
      if (pdf[at] == '-') pdf[at] = '+';
    }
  }
  return pdf;
}

std::string escaped_markup(const std::string& text) {
  std::string result;
  for (const char c : drawable_text(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace ohmloop
