#include "ohmloop/accuracy/data/bytes/inflate.hpp"

#include <algorithm>
#include <array>
#include <new>

#include <fmt/format.h>
#include <zlib.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t block_bytes = std::size_t{64} << 10;

/// zlib's state, and the compressed bytes in pieces.
class Inflater {
 public:
  Inflater(const ByteSource& source, Compression compression)
      : source_(source), compression_(compression), input_(std::min(block_bytes, source.size())) {
    // Negative window bits mean a bare deflate stream, 16 more a gzip header.
    const int window_bits = compression == Compression::gzip ? MAX_WBITS + 16 : -MAX_WBITS;
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  /// Fills the target as far as there is something; returns how far.
  std::size_t fill(std::uint8_t* target, std::size_t size) {
    std::size_t filled = 0;
    while (filled < size && !ended_) {
      const std::size_t piece = std::min(size - filled, block_bytes);
      filled += step(target + filled, piece);
    }
    return filled;
  }

 private:
  std::size_t step(std::uint8_t* target, std::size_t size) {
    refill();
    stream_.next_out = target;
    stream_.avail_out = static_cast<uInt>(size);
    const bool input_is_over = stream_.avail_in == 0;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    const std::size_t made = size - stream_.avail_out;
    if (result == Z_STREAM_END) {
      finish_member();
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      throw DataFormatError(fmt::format("its compressed data are damaged ({})",
                                        stream_.msg == nullptr ? "zlib needs a dictionary" : stream_.msg));
    } else if (input_is_over && made == 0) {
      throw DataFormatError("its compressed data end too early");
    }
    return made;
  }

  void refill() {
    if (stream_.avail_in != 0 || offset_ == source_.size()) return;
    const std::size_t count = std::min(input_.size(), source_.size() - offset_);
    source_.read(offset_, std::span(input_).first(count));
    offset_ += count;
    stream_.next_in = input_.data();
    stream_.avail_in = static_cast<uInt>(count);
  }

  void finish_member() {
    const bool over = stream_.avail_in == 0 && offset_ == source_.size();
    if (over) {
      ended_ = true;
    } else if (compression_ == Compression::deflate) {
      throw DataFormatError("its compressed data are followed by other bytes");
    } else {
      inflateReset(&stream_);
    }
  }

  const ByteSource& source_;
  Compression compression_;
  std::vector<std::uint8_t> input_;
  std::size_t offset_ = 0;
  bool ended_ = false;
  z_stream stream_{};
};

}  // namespace

bool is_gzip(const ByteSource& source) {
  if (source.size() < 2) return false;
  std::array<std::uint8_t, 2> start{};
  source.read(0, start);
  return start[0] == 0x1f && start[1] == 0x8b;
}

std::vector<std::uint8_t> inflate_bytes(const ByteSource& compressed, Compression compression, std::size_t most_bytes) {
  Inflater inflater(compressed, compression);
  std::vector<std::uint8_t> bytes;
  std::size_t filled = 0;
  while (filled < most_bytes) {
    bytes.resize(std::min(most_bytes, std::max(block_bytes, 2 * filled)));
    const std::size_t made = inflater.fill(bytes.data() + filled, bytes.size() - filled);
    filled += made;
    if (filled < bytes.size()) break;
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace ohmloop
