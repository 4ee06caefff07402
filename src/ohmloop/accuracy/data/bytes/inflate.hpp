#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"

namespace ohmloop {

enum class Compression { gzip, deflate };

/// The most that one byte of a deflate stream can stand for (zlib's technical details: 258 bytes in two bits): a larger
/// size that a header claims is wrong.
inline constexpr std::size_t most_inflation = 1032;

/// Whether the bytes begin as a gzip file does.
bool is_gzip(const ByteSource& source);

/// The first `most_bytes` of what was compressed, or all of it if it is shorter; its checksum is verified where its end
/// is reached. Memory grows with what arrives. A gzip file may have several members, one behind another. Throws
/// DataFormatError if the stream is damaged, cut off, or (having ended) followed by other bytes.
std::vector<std::uint8_t> inflate_bytes(const ByteSource& compressed, Compression compression, std::size_t most_bytes);

}  // namespace ohmloop
