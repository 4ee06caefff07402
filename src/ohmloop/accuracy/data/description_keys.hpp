#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// What may stand behind a key of a data set's description.
enum class DataKeyShape { text, number, truth, numbers, texts, side_or_map, source, steps };

struct DataKey {
  std::string name;
  DataKeyShape shape = DataKeyShape::text;
  bool required = false;
  std::string meaning;
  std::vector<std::string> choices{};  ///< words of a text; empty: any
  std::vector<DataKey> within{};       ///< keys of the map that stands, or may stand, behind the key
};

/// The truth about the keys: the readers know exactly these, the JSON schema and docs/accuracy.md list them.
const std::vector<DataKey>& data_description_keys();  ///< at the top of the file
const std::vector<DataKey>& image_files_keys();       ///< the kinds behind `source`
const std::vector<DataKey>& preprocessing_keys();     ///< the operations of a step

/// nchw, nhwc.
std::span<const std::string> layout_names();

}  // namespace ohmloop
