#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include "ohmloop/accuracy/data/images/image.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/base/temporary_folder.hpp"
#include "ohmloop/text/diagnostic.hpp"

/// Writers of the formats that the readers read, for tests.
namespace ohmloop::data_testing {

using Bytes = std::vector<std::uint8_t>;

inline Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

inline void append(Bytes& bytes, const Bytes& more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

inline Bytes little(std::uint64_t value, std::size_t size) {
  Bytes bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> 8U * i));
  return bytes;
}

inline Bytes big(std::uint64_t value, std::size_t size) {
  Bytes bytes = little(value, size);
  return {bytes.rbegin(), bytes.rend()};
}

/// Bytes of the hexadecimal digits.
inline Bytes from_hex(std::string_view digits) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

inline std::string hash_of(const Bytes& bytes) { return sha256_hex(std::string(bytes.begin(), bytes.end())); }

/// A folder that vanishes with the files that were written into it.
class DataFolder {
 public:
  [[nodiscard]] std::string path(const std::string& name) const {
    return (std::filesystem::path(folder_.path()) / name).string();
  }

  /// Writes a file, with the folders on its way; returns its path.
  std::string write(const std::string& name, const Bytes& bytes) const {
    const std::filesystem::path file = std::filesystem::path(folder_.path()) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return file.string();
  }
  std::string write(const std::string& name, std::string_view text) const { return write(name, bytes_of(text)); }

  /// The text with the folder's path as "DIR".
  [[nodiscard]] std::string without_path(std::string text) const {
    const std::string path = folder_.path();
    for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path)) {
      text.replace(at, path.size(), "DIR");
    }
    return text;
  }

 private:
  TemporaryFolder folder_;
};

/// Compressed with zlib: as a gzip file, or a bare deflate stream.
inline Bytes compress(const Bytes& bytes, bool gzip) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, gzip ? MAX_WBITS + 16 : -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  Bytes out(deflateBound(&stream, bytes.size()));
  stream.next_in = const_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// A file of a zip archive to be written.
struct ZipEntry {
  std::string name;
  Bytes contents;
  bool deflated = false;
  bool wide = false;  ///< sizes and offset in the 64-bit extra field, as numpy writes large arrays
};

inline Bytes zip(const std::vector<ZipEntry>& entries) {
  Bytes file;
  Bytes directory;
  for (const ZipEntry& entry : entries) {
    const Bytes stored = entry.deflated ? compress(entry.contents, false) : entry.contents;
    const auto offset = file.size();
    const auto crc = crc32_z(0, entry.contents.data(), entry.contents.size());
    const std::uint64_t wide = 0xffffffff;
    const auto common = [&](bool central) {
      Bytes header = little(20, 2);
      for (const auto& [value, size] :
           std::vector<std::pair<std::uint64_t, std::size_t>>{{0, 2},
                                                              {entry.deflated ? 8 : 0, 2},
                                                              {0, 4},
                                                              {crc, 4},
                                                              {entry.wide ? wide : stored.size(), 4},
                                                              {entry.wide ? wide : entry.contents.size(), 4},
                                                              {entry.name.size(), 2}}) {
        append(header, little(value, size));
      }
      Bytes extra;
      if (entry.wide) {
        append(extra, little(1, 2));
        append(extra, little(central ? 24 : 16, 2));
        append(extra, little(entry.contents.size(), 8));
        append(extra, little(stored.size(), 8));
        if (central) append(extra, little(offset, 8));
      }
      append(header, little(extra.size(), 2));
      if (central) {
        append(header, Bytes(10));
        append(header, little(entry.wide ? wide : offset, 4));
      }
      append(header, bytes_of(entry.name));
      append(header, extra);
      return header;
    };
    append(file, little(0x04034b50, 4));
    append(file, common(false));
    append(file, stored);
    append(directory, little(0x02014b50, 4));
    append(directory, little(20, 2));
    append(directory, common(true));
  }
  const auto start = file.size();
  append(file, directory);
  append(file, little(0x06054b50, 4));
  append(file, little(0, 4));
  append(file, little(entries.size(), 2));
  append(file, little(entries.size(), 2));
  append(file, little(directory.size(), 4));
  append(file, little(start, 4));
  append(file, little(0, 2));
  return file;
}

/// A NPY file of version 1; `shape` as in "(2, 3)".
inline Bytes npy(const std::string& type, const std::string& shape, const Bytes& elements, bool column_major = false) {
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}", type,
                                   column_major ? "True" : "False", shape);
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  Bytes file = bytes_of("\x93NUMPY");
  append(file, {1, 0});
  append(file, little(header.size(), 2));
  append(file, bytes_of(header));
  append(file, elements);
  return file;
}

template <class T>
Bytes elements_of(const std::vector<T>& values) {
  Bytes bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// An IDX file of unsigned bytes.
inline Bytes idx(const std::vector<std::uint32_t>& shape, const Bytes& elements) {
  Bytes file = {0, 0, 8, static_cast<std::uint8_t>(shape.size())};
  for (const std::uint32_t length : shape) append(file, big(length, 4));
  append(file, elements);
  return file;
}

/// A byte that a formula gives each pixel and channel, the same as in the Python lines beside expected values:
///   y, x, c = numpy.indices((h, w, 3)); image = ((x*x*7 + y*y*13 + x*y*5 + c*89) % 256).astype("uint8")
inline Image formula_image(std::size_t width, std::size_t height, std::size_t channels) {
  Image image = make_image<std::uint8_t>(width, height, channels);
  std::uint8_t* out = std::get<0>(image.pixels).data();
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      for (std::size_t c = 0; c < channels; ++c)
        *out++ = static_cast<std::uint8_t>(x * x * 7 + y * y * 13 + x * y * 5 + c * 89);
    }
  }
  return image;
}

/// What the action complains about, as the command line would print it; empty if it does not.
inline std::string complaints(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return render(error.diagnostics());
  }
  return "";
}

}  // namespace ohmloop::data_testing
