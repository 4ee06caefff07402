#include "ohmloop/report/page/render_page.hpp"

#include <span>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/embedded_file.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/report/figures/picture_bytes.hpp"
#include "ohmloop/report/page/inline_svg.hpp"
#include "ohmloop/report/page/page_table.hpp"

namespace ohmloop::page {

std::span<const EmbeddedFile> embedded_files();

}  // namespace ohmloop::page

namespace ohmloop {
namespace {

std::string_view page_file(std::string_view name) {
  for (const EmbeddedFile& file : page::embedded_files()) {
    if (file.name == name) return file.text;
  }
  OHM_CHECK(false, fmt::format("no file '{}' in the program", name));
  return {};
}

/// RFC 4648, of hexadecimal digits.
std::string base64_of_hex(const std::string& hex) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  unsigned bits = 0;
  unsigned held = 0;
  for (const char c : hex) {
    held = held << 4U | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    bits += 4;
    if (bits < 6) continue;
    bits -= 6;
    result += digits[held >> bits & 63U];
  }
  if (bits > 0) result += digits[held << (6 - bits) & 63U];
  while (result.size() % 4 != 0) result += '=';
  return result;
}

std::string head_html(const Page& page) {
  const std::string_view script = page_file("page/page.js");
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src "
      "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
      base64_of_hex(sha256_hex(script)), escaped_markup(page.title), page_file("page/page.css"));
}

std::string list_html(const std::vector<std::string>& lines, std::string_view style) {
  std::string html = fmt::format("<ul{}>\n", style);
  for (const std::string& line : lines) html += fmt::format("<li>{}</li>\n", escaped_markup(line));
  return html + "</ul>\n";
}

struct Place {
  std::string id;
  std::string title;
};

/// All that stands below the sections, where there is something to say.
std::vector<Place> places_of(const Page& page) {
  std::vector<Place> places;
  for (std::size_t i = 0; i < page.sections.size(); ++i)
    places.push_back({fmt::format("section-{}", i + 1), page.sections[i].title});
  if (!page.settings.empty()) places.push_back({"settings", "Settings"});
  if (!page.constants.empty()) places.push_back({"constants", "Where the constants come from"});
  if (!page.commands.empty()) places.push_back({"commands", "How to reproduce it"});
  return places;
}

std::string header_html(const Page& page) {
  std::string html = fmt::format("<header>\n<h1>{}</h1>\n", escaped_markup(page.title));
  if (!page.question.empty()) html += fmt::format("<p class=\"question\">{}</p>\n", escaped_markup(page.question));
  if (!page.abstract.empty()) html += list_html(page.abstract, " class=\"abstract\"");
  const std::vector<Place> places = places_of(page);
  if (places.size() > 1) {
    html += "<nav aria-label=\"Contents\">\n<ul>\n";
    for (const Place& place : places)
      html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", place.id, escaped_markup(place.title));
    html += "</ul>\n</nav>\n";
  }
  if (!page.warnings.empty())
    html += "<section class=\"warnings\" aria-label=\"Warnings\">\n<h2>Warnings</h2>\n" + list_html(page.warnings, "") +
            "</section>\n";
  return html + "</header>\n<main>\n";
}

std::string figure_html(const PageFigure& figure, const std::string& id) {
  std::string html = fmt::format("<figure id=\"{}\">\n", id);
  const std::optional<std::string> svg = figure.svg.empty() ? std::nullopt : inline_svg(figure.svg, id);
  if (svg) {
    html += fmt::format("<div role=\"img\" aria-label=\"{}\">{}</div>\n", escaped_markup(figure.title), *svg);
  } else {
    const std::string& problem = figure.svg.empty() ? figure.problem : "it is not a plain drawing";
    html += fmt::format("<p class=\"problem\">{}: no picture{}{}</p>\n", escaped_markup(figure.title),
                        problem.empty() ? "" : ", ", escaped_markup(problem));
  }
  if (!figure.caption.empty()) html += fmt::format("<figcaption>{}</figcaption>\n", escaped_markup(figure.caption));
  return html + "</figure>\n";
}

std::string section_html(const PageSection& section, std::size_t number) {
  const std::string id = fmt::format("section-{}", number);
  std::string html = fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", id, escaped_markup(section.title));
  for (const std::string& paragraph : section.text) html += fmt::format("<p>{}</p>\n", escaped_markup(paragraph));
  if (!section.figures.empty()) {
    html += "<div class=\"figures\">\n";
    for (std::size_t i = 0; i < section.figures.size(); ++i)
      html += figure_html(section.figures[i], fmt::format("figure-{}-{}", number, i + 1));
    html += "</div>\n";
  }
  for (const PageTable& table : section.tables) html += table_html(table);
  return html + "</section>\n";
}

std::string settings_html(const std::vector<PageSetting>& settings) {
  if (settings.empty()) return "";
  std::string html = "<section id=\"settings\">\n<h2>Settings</h2>\n<dl>\n";
  for (const PageSetting& setting : settings)
    html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", escaped_markup(setting.name), escaped_markup(setting.value));
  return html + "</dl>\n</section>\n";
}

std::string constants_html(const std::vector<PageConstant>& constants) {
  if (constants.empty()) return "";
  return "<section id=\"constants\">\n<h2>Where the constants come from</h2>\n" + constants_table_html(constants) +
         "</section>\n";
}

std::string commands_html(const std::vector<std::string>& commands) {
  if (commands.empty()) return "";
  std::string html = "<section id=\"commands\">\n<h2>How to reproduce it</h2>\n<pre tabindex=\"0\"><code>";
  for (const std::string& command : commands) html += escaped_markup(command) + "\n";
  return html + "</code></pre>\n</section>\n";
}

}  // namespace

std::string render_page(const Page& page) {
  std::string html = head_html(page) + header_html(page);
  for (std::size_t i = 0; i < page.sections.size(); ++i) html += section_html(page.sections[i], i + 1);
  html += settings_html(page.settings) + constants_html(page.constants) + commands_html(page.commands) + "</main>\n";
  if (!page.tool.name.empty())
    html += fmt::format("<footer>{} {}, commit {}</footer>\n", escaped_markup(page.tool.name),
                        escaped_markup(page.tool.version), escaped_markup(page.tool.commit));
  return html + fmt::format("<script>{}</script>\n</body>\n</html>\n", page_file("page/page.js"));
}

}  // namespace ohmloop
