#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/page/page.hpp"

namespace ohmloop {

/// A table with its caption and heads that sort it.
std::string table_html(const PageTable& table);

/// The same for constants: name, value, unit, source, and how far the value can be trusted.
std::string constants_table_html(const std::vector<PageConstant>& constants);

}  // namespace ohmloop
