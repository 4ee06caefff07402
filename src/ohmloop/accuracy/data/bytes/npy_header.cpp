#include "ohmloop/accuracy/data/bytes/npy_header.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <numeric>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/bytes/byte_order.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::uint8_t, 6> signature = {0x93, 'N', 'U', 'M', 'P', 'Y'};
constexpr std::size_t longest_header = std::size_t{64} << 10;
constexpr std::size_t most_axes = 32;

[[noreturn]] void refuse(const std::string& why) { throw DataFormatError("not a NPY array that can be read: " + why); }

/// Reads the header's one Python literal: {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }.
class LiteralReader {
 public:
  explicit LiteralReader(std::string_view text) : text_(text) {}

  NpyHeader read() {
    expect('{');
    while (!accept('}')) {
      const std::string key = read_string();
      expect(':');
      read_value(key);
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (!has_type_ || !has_order_ || !has_shape_) refuse("its header does not say type, order and shape");
    return header_;
  }

 private:
  void read_value(const std::string& key) {
    if (key == "descr") {
      header_.type = read_string();
      has_type_ = true;
    } else if (key == "fortran_order") {
      header_.column_major = read_truth();
      has_order_ = true;
    } else if (key == "shape") {
      header_.shape = read_shape();
      has_shape_ = true;
    } else {
      refuse(fmt::format("its header has the unknown key '{}'", key));
    }
  }

  std::string read_string() {
    skip_blanks();
    const char quote = text_.empty() ? '\0' : text_.front();
    if (quote != '\'' && quote != '"') refuse("its header has something else where a text is expected");
    const std::size_t end = text_.find(quote, 1);
    if (end == std::string_view::npos) refuse("a text in its header does not end");
    std::string value(text_.substr(1, end - 1));
    text_.remove_prefix(end + 1);
    return value;
  }

  bool read_truth() {
    skip_blanks();
    for (const std::string_view word : {"True", "False"}) {
      if (!text_.starts_with(word)) continue;
      text_.remove_prefix(word.size());
      return word == "True";
    }
    refuse("its header does not say True or False for 'fortran_order'");
  }

  std::vector<std::size_t> read_shape() {
    std::vector<std::size_t> shape;
    expect('(');
    while (!accept(')')) {
      if (shape.size() == most_axes) refuse("it has too many axes");
      shape.push_back(read_number());
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return shape;
  }

  std::size_t read_number() {
    skip_blanks();
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), number);
    if (error != std::errc()) refuse("its header has a shape that is not made of numbers below 2^32");
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return number;
  }

  void skip_blanks() { text_.remove_prefix(std::min(text_.size(), text_.find_first_not_of(" \t\n"))); }

  bool accept(char wanted) {
    skip_blanks();
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) refuse(fmt::format("its header lacks a '{}'", wanted));
  }

  std::string_view text_;
  NpyHeader header_;
  bool has_type_ = false, has_order_ = false, has_shape_ = false;
};

std::size_t bytes_of_type(std::string_view type) {
  constexpr std::array<std::string_view, 4> known_sizes = {"1", "2", "4", "8"};
  if (type.size() != 3 || std::string_view("|<>=").find(type[0]) == std::string_view::npos ||
      std::string_view("iuf").find(type[1]) == std::string_view::npos) {
    return 0;
  }
  const bool known = std::find(known_sizes.begin(), known_sizes.end(), type.substr(2)) != known_sizes.end();
  return known ? static_cast<std::size_t>(type[2] - '0') : 0;
}

/// The product of the factors if it is at most `limit`.
std::optional<std::size_t> product_within(const std::vector<std::size_t>& factors, std::size_t limit) {
  if (std::find(factors.begin(), factors.end(), 0) != factors.end()) return 0;
  std::size_t product = 1;
  for (const std::size_t factor : factors) {
    if (factor > limit / product) return std::nullopt;
    product *= factor;
  }
  return product;
}

}  // namespace

std::size_t NpyHeader::elements() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

NpyHeader read_npy_header(const ByteSource& source) {
  std::array<std::uint8_t, 12> start{};
  if (source.size() < start.size()) refuse("it is too short");
  source.read(0, start);
  if (!std::equal(signature.begin(), signature.end(), start.begin())) refuse("it does not begin as one");
  const unsigned version = start[6];
  if (version < 1 || version > 3) refuse(fmt::format("version {} of the format is not known", version));
  const std::size_t text_offset = version == 1 ? 10 : 12;
  const std::size_t text_size = little_endian(start, 8, version == 1 ? 2 : 4);
  if (text_size > source.size() - text_offset) refuse("its header is cut off");
  if (text_size > longest_header) refuse("its header is too long");

  const std::vector<std::uint8_t> bytes = source.read(text_offset, text_size);
  const std::string text(bytes.begin(), bytes.end());
  NpyHeader header = LiteralReader(text).read();
  header.element_bytes = bytes_of_type(header.type);
  header.data_offset = text_offset + text_size;
  if (header.element_bytes == 0) return header;
  const std::size_t there = source.size() - header.data_offset;
  const auto elements = product_within(header.shape, there / header.element_bytes);
  if (!elements || *elements * header.element_bytes != there) {
    refuse(fmt::format("its shape does not fit the {} bytes behind the header", there));
  }
  return header;
}

}  // namespace ohmloop
