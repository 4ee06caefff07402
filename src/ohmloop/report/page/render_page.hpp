#pragma once

#include <string>

#include "ohmloop/report/page/page.hpp"

namespace ohmloop {

/// The page as one HTML file that needs nothing else: no network, no other file; its policy forbids the browser
/// everything but the styles and the one script in it. Equal pages give equal bytes. A row with fewer or more cells
/// than the table has columns is our bug (OHM_CHECK).
std::string render_page(const Page& page);

}  // namespace ohmloop
