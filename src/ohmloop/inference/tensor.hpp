#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/base/check.hpp"
#include "ohmloop/inference/element_type.hpp"
#include "ohmloop/workload/onnx/dims.hpp"

namespace ohmloop {

/// Numbers (or strings) in C order: the last axis is contiguous. A value: copies share their elements, which are
/// immutable from the moment they are shared; `mutable_values` is for whoever has just made the tensor.
class TensorData {
 public:
  /// A float32 scalar of 0.
  TensorData() : TensorData(ElementType::float32, {}) {}
  /// Elements are zero (empty strings). Throws OverflowError, or std::bad_alloc where memory does not suffice.
  TensorData(ElementType type, Dims dims);
  /// From values in C order, whose number must be that of the dims.
  template <class T>
  static TensorData of(Dims dims, std::span<const T> values);
  static TensorData of_strings(Dims dims, std::vector<std::string> values);

  [[nodiscard]] ElementType type() const { return type_; }
  [[nodiscard]] const Dims& dims() const { return dims_; }
  [[nodiscard]] std::size_t rank() const { return dims_.size(); }
  [[nodiscard]] std::size_t size() const { return size_; }  ///< elements

  /// Elements of a tensor of that type; another type is an error of ours.
  template <class T>
  [[nodiscard]] std::span<const T> values() const;
  /// For the maker of the tensor, as long as it has no copies.
  template <class T>
  [[nodiscard]] std::span<T> mutable_values();
  [[nodiscard]] const std::vector<std::string>& strings() const { return *strings_; }

  /// Raw bytes, aligned to 64.
  [[nodiscard]] const std::byte* bytes() const { return bytes_.get(); }
  [[nodiscard]] std::byte* mutable_bytes() { return bytes_.get(); }
  [[nodiscard]] std::size_t size_bytes() const { return size_ * bytes_of(type_); }

  /// The same elements under other dims, whose product must be the same; nothing is copied.
  [[nodiscard]] TensorData reshaped(Dims dims) const;

 private:
  ElementType type_ = ElementType::float32;
  Dims dims_;
  std::size_t size_ = 0;
  std::shared_ptr<std::byte[]> bytes_;
  std::shared_ptr<std::vector<std::string>> strings_;
};

template <class T>
std::span<const T> TensorData::values() const {
  OHM_CHECK(type_ == element_type_of<T>, "elements of another type");
  return {reinterpret_cast<const T*>(bytes_.get()), size_};
}

template <class T>
std::span<T> TensorData::mutable_values() {
  OHM_CHECK(type_ == element_type_of<T>, "elements of another type");
  return {reinterpret_cast<T*>(bytes_.get()), size_};
}

template <class T>
TensorData TensorData::of(Dims dims, std::span<const T> values) {
  TensorData tensor(element_type_of<T>, std::move(dims));
  OHM_CHECK(tensor.size() == values.size(), "as many values as the dims say");
  std::copy(values.begin(), values.end(), tensor.mutable_values<T>().begin());
  return tensor;
}

}  // namespace ohmloop
