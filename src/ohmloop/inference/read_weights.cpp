#include "ohmloop/inference/read_weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/text/utf8.hpp"
#include "ohmloop/workload/onnx/wire_reader.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

/// Why one tensor can't be had.
class WeightError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct NotFinite {
  std::size_t not_numbers = 0;
  std::size_t infinite = 0;
};

template <class T>
NotFinite count_not_finite(const TensorData& tensor) {
  NotFinite count;
  for (const T value : tensor.values<T>()) {
    double number = 0;
    if constexpr (std::is_floating_point_v<T>) {
      number = static_cast<double>(value);
    } else {
      number = static_cast<double>(to_float(value));
    }
    count.not_numbers += std::isnan(number) ? 1 : 0;
    count.infinite += std::isinf(number) ? 1 : 0;
  }
  return count;
}

NotFinite count_not_finite(const TensorData& tensor) {
  switch (tensor.type()) {
    case ElementType::float32:
      return count_not_finite<float>(tensor);
    case ElementType::float64:
      return count_not_finite<double>(tensor);
    case ElementType::float16:
      return count_not_finite<Float16>(tensor);
    case ElementType::bfloat16:
      return count_not_finite<BFloat16>(tensor);
    default:
      return {};
  }
}

/// A bool may only hold 0 or 1, whatever the file says.
void make_truths(TensorData& tensor) {
  std::byte* const bytes = tensor.mutable_bytes();
  std::transform(bytes, bytes + tensor.size(), bytes, [](std::byte b) { return std::byte{b != std::byte{0}}; });
}

void check_count(const OnnxTensor& tensor, std::size_t held, std::size_t wanted) {
  if (held == wanted) return;
  throw WeightError(fmt::format("its size is {}, but the file holds {} values", to_string(tensor.dims), held));
}

/// The file that external data stand in, which must lie in the model's folder or below.
fs::path resolve(const std::string& model, std::string_view location) {
  const fs::path folder = fs::path(model).has_parent_path() ? fs::path(model).parent_path() : fs::path(".");
  const fs::path relative(location);
  const auto is_up = [](const fs::path& part) { return part == ".."; };
  const bool plain = !location.empty() && location.find('\0') == std::string_view::npos && relative.is_relative() &&
                     std::none_of(relative.begin(), relative.end(), is_up);
  if (plain) {
    std::error_code error;
    const fs::path root = fs::weakly_canonical(folder, error);
    const fs::path file = error ? fs::path() : fs::weakly_canonical(folder / relative, error);
    const bool inside = !error && std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
    if (inside) return folder / relative;
  }
  throw WeightError(fmt::format("its values stand in '{}', which is not in the model's folder", printable(location)));
}

}  // namespace

WeightReader::WeightReader(const std::string& path, std::size_t max_bytes, OnnxProblems& problems)
    : path_(path), max_bytes_(max_bytes), left_(max_bytes), problems_(problems) {}

std::optional<TensorData> WeightReader::read(const OnnxTensor& tensor, const std::string& what, bool trained) {
  const std::optional<ElementType> type = find_element_type(tensor.type);
  try {
    if (tensor.is_sparse) throw WeightError("sparse tensors are not supported");
    if (!type) throw WeightError(fmt::format("its element type, {}, is not supported", tensor.type));
    TensorData result = copy(tensor, *type);
    const NotFinite wrong = count_not_finite(result);
    if (wrong.not_numbers > 0 || (trained && wrong.infinite > 0)) {
      throw WeightError(fmt::format("of its {} values, {} are not numbers (NaN) and {} are infinite", result.size(),
                                    wrong.not_numbers, wrong.infinite));
    }
    return result;
  } catch (const WeightError& error) {
    problems_.error(fmt::format("{}: {}", what, error.what()));
  } catch (const DecodeError& error) {
    problems_.error(fmt::format("{}: its values are damaged: {}", what, error.what()));
  }
  return std::nullopt;
}

TensorData WeightReader::copy(const OnnxTensor& tensor, ElementType type) {
  const OnnxElements elements = find_elements(tensor);
  const auto count = static_cast<std::size_t>(element_count(tensor.dims));
  if (elements.place == ElementPlace::missing) throw WeightError("it has no values, the file only declares it");
  if (type == ElementType::string) {
    check_count(tensor, elements.count, count);
    return TensorData::of_strings(tensor.dims, copy_strings(tensor));
  }
  // Nothing is taken before the file has shown to hold as much.
  std::string_view source = elements.raw;
  if (elements.place == ElementPlace::typed) check_count(tensor, elements.count, count);
  if (count > max_bytes_ / bytes_of(type) || count * bytes_of(type) > left_) {
    throw WeightError(fmt::format("all weights together are larger than the limit of {} bytes", max_bytes_));
  }
  const std::size_t bytes = count * bytes_of(type);
  if (elements.place == ElementPlace::external) source = external(elements, bytes);
  if (elements.place != ElementPlace::typed) check_count(tensor, source.size() / bytes_of(type), count);
  left_ -= bytes;
  TensorData result(type, tensor.dims);
  if (elements.place == ElementPlace::typed) {
    copy_typed_elements(tensor, {result.mutable_bytes(), bytes});
  } else if (bytes > 0) {
    std::memcpy(result.mutable_bytes(), source.data(), bytes);
  }
  if (type == ElementType::boolean) make_truths(result);
  return result;
}

std::string_view WeightReader::external(const OnnxElements& elements, std::size_t bytes) {
  if (elements.length && *elements.length != bytes) {
    throw WeightError(
        fmt::format("its size takes {} bytes, but its external data are {} long", bytes, *elements.length));
  }
  if (bytes == 0) return {};
  const std::string_view all = open(elements.location).bytes();
  if (elements.offset > all.size() || bytes > all.size() - elements.offset) {
    throw WeightError(fmt::format("its values are bytes {} to {} of '{}', which has only {}", elements.offset,
                                  elements.offset + bytes, printable(elements.location), all.size()));
  }
  return all.substr(elements.offset, bytes);
}

const MappedFile& WeightReader::open(std::string_view location) {
  const auto known = files_.find(location);
  if (known != files_.end()) return known->second;
  return files_.try_emplace(std::string(location), resolve(path_, location).string(), max_bytes_).first->second;
}

}  // namespace ohmloop
