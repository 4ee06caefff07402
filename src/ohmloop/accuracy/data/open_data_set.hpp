#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/accuracy/data/data_set_options.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// The descriptions that travel inside the binary: fashion-mnist.
std::vector<std::string> data_set_names();
/// The description's text as "data:<name>", or null.
SourceFilePtr find_data_set(std::string_view name);

/// Opens the data set that a name or the path of a YAML file describes. Throws InputError with all problems: of the
/// description, files that are missing (with the nearest name, or the package to install), files that are not what they
/// should be, labels that are no class, no images. Images themselves are only looked at when they are loaded.
std::shared_ptr<const DataSet> open_data_set(const std::string& name_or_path, const DataSetOptions& options = {});

/// The same from a description's text.
std::shared_ptr<const DataSet> open_data_set(const SourceFilePtr& description, const DataSetOptions& options = {});

}  // namespace ohmloop
