#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/accuracy/data/data_testing.hpp"
#include "ohmloop/accuracy/data/open_data_set.hpp"

namespace ohmloop::data_testing {

inline std::vector<float> sample(const DataSet& data, std::size_t index) {
  std::vector<float> values(data.sample_size());
  data.load(index, values);
  return values;
}

/// A folder with a description, which opens it.
class Described {
 public:
  explicit Described(std::string description)
      : description_("ohmloop-data: 1\nname: test\n" + std::move(description)) {}

  const DataFolder& folder() const { return folder_; }
  std::shared_ptr<const DataSet> open(const DataSetOptions& options = {}) const {
    return open_data_set(folder_.write("test.yaml", description_), options);
  }
  std::string complaint() const {
    return folder_.without_path(complaints([&] { open(); }));
  }

 private:
  std::string description_;
  DataFolder folder_;
};

}  // namespace ohmloop::data_testing
