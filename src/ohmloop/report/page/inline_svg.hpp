#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ohmloop {

/// A figure's SVG made fit to stand among others in a page: without the XML declaration and the size in print, every
/// id and every reference to one with `prefix` before it, and the figure's neutral colours as variables of the page's
/// style (--ink, --faint, --paper), so that it follows light and dark. Nothing if it is not plain drawing: only the
/// elements and attributes that our figures consist of are let through, and no reference leads out of the picture.
std::optional<std::string> inline_svg(std::string_view svg, std::string_view prefix);

}  // namespace ohmloop
