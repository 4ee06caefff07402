#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/workload/onnx/model.hpp"

namespace ohmloop {

/// Bytes of an element in raw data, and in memory; 0 for strings and for types that ONNX does not define.
std::size_t onnx_element_bytes(std::int32_t type);

enum class ElementPlace {
  missing,  ///< only declared
  raw,      ///< little-endian bytes in C order
  typed,    ///< the field of the element's type; strings are always there
  external  ///< another file
};

/// Where the elements of a tensor stand; nothing is copied yet.
struct OnnxElements {
  ElementPlace place = ElementPlace::missing;
  std::size_t count = 0;                ///< typed: elements that are there
  std::string_view raw{};               ///< raw: the bytes
  std::string_view location{};          ///< external: path from the model's folder
  std::size_t offset = 0;               ///< external: first byte
  std::optional<std::size_t> length{};  ///< external: bytes; the tensor's sizes say it, too
};

/// Throws DecodeError if the tensor's message is damaged. A tensor without elements is never missing them.
OnnxElements find_elements(const OnnxTensor& tensor);

/// Copies elements of the place `typed`, as many as `find_elements` counted, in the machine's byte order.
void copy_typed_elements(const OnnxTensor& tensor, std::span<std::byte> target);

/// The elements of a tensor of strings.
std::vector<std::string> copy_strings(const OnnxTensor& tensor);

}  // namespace ohmloop
