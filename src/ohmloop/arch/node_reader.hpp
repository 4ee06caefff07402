#pragma once

#include "ohmloop/arch/node_keys.hpp"
#include "ohmloop/arch/node_scope.hpp"
#include "ohmloop/arch/read_context.hpp"

namespace ohmloop {

/// Reads what all kinds of nodes have in common: name, class, cycle, attributes. Readers of one kind take their own
/// keys first; finish() turns what is left into attributes of the component class.
class NodeReader {
 public:
  /// `yaml` is a map with the tag of `info`.
  NodeReader(const YamlNode& yaml, const NodeTagInfo& info, ReadContext& context);
  NodeReader(const NodeReader&) = delete;
  NodeReader& operator=(const NodeReader&) = delete;

  [[nodiscard]] MapReader& keys() { return reader_; }
  [[nodiscard]] Node& node() { return node_; }
  [[nodiscard]] Diagnostics& diagnostics() { return context_->diagnostics; }
  [[nodiscard]] const ReadContext& context() const { return *context_; }

  /// A whole number, or nothing after an error or where the key is missing.
  std::optional<std::int64_t> count(std::string_view key, std::int64_t low, std::int64_t high);
  /// The same for a key that has to be there.
  std::optional<std::int64_t> required_count(std::string_view key, std::int64_t low, std::int64_t high);
  /// Bits per cycle from bit/cycle or bit/s.
  std::optional<double> bandwidth(std::string_view key);

  /// Keeps a number as an attribute of the class as well.
  void set_attribute(const std::string& key, Dimension dimension, double value, bool used);

  /// The keys that nobody asked for become attributes. Call last.
  Node finish();

 private:
  void read_name();
  void read_class();
  void read_cycle();
  void report_unknown(const YamlEntry& entry, std::string message);

  const YamlNode* yaml_;
  const NodeTagInfo* info_;
  ReadContext* context_;
  NodeScope scope_;
  MapReader reader_;
  Node node_;
};

/// The node as several: an `!Array` becomes four, all others one; nothing where the tag is unknown. Appends to `nodes`
/// and fills in what the architecture knows of its array.
void read_node(const YamlNode& yaml, ReadContext& context, Architecture& architecture);

/// Reads the keys of one kind of node.
void read_memory(NodeReader& reader);
void read_container(NodeReader& reader);
void read_converter(NodeReader& reader);
void read_component(NodeReader& reader);
void read_compute(NodeReader& reader);
void read_array(NodeReader& reader, Architecture& architecture);

}  // namespace ohmloop
