#pragma once

#include "ohmloop/arch/node_reader.hpp"

namespace ohmloop {

/// Widths and encodings of the three operands, as the architecture keeps them. After an error the widths are some that
/// bring no further ones.
void read_operands(NodeReader& reader, OperandBits& bits, ArraySlicing& array);

/// `bits_per_cell` and `levels`: what a storage element holds, of what it can. After read_operands().
void read_bits_per_cell(NodeReader& reader, int weight_bits, ArraySlicing& array);

/// `active_rows` and `active_columns`, which divide the lines; pairs of elements take two lines of them. After
/// read_operands().
void read_active_lines(NodeReader& reader, ArraySlicing& array);

/// `write_cycle`: how long the writing of one row takes.
void read_write_cycle(NodeReader& reader, ArraySlicing& array);

}  // namespace ohmloop
