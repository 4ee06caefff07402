#include "ohmloop/arch/node_keys.hpp"

#include <algorithm>

namespace ohmloop {
namespace {

const Key name_key = {"name", KeyShape::value, true, "unique name of the node: letters, digits and underscores"};
const Key class_key = {"class", KeyShape::value, true, "component class that estimators know"};
const Key cycle_key = {"cycle", KeyShape::value, false, "time of one action, as in 100 ns; one clock cycle otherwise"};

Key key(std::string name, std::string meaning) { return {std::move(name), KeyShape::value, false, std::move(meaning)}; }

Key required(std::string name, std::string meaning) {
  return {std::move(name), KeyShape::value, true, std::move(meaning)};
}

NodeTagInfo memory() {
  return {"!Memory",
          "memory",
          {name_key,
           class_key,
           cycle_key,
           key("size", "capacity of one instance, as in 64 KiB; `unlimited` if left out"),
           key("width", "bits of one access; single elements are accessed if left out"),
           key("bandwidth", "sets read_bandwidth and write_bandwidth"),
           key("read_bandwidth", "as in 64 bit/cycle or 25.6 GB/s, of one instance; unlimited if left out"),
           key("write_bandwidth", "as read_bandwidth"),
           key("keep", "roles that are stored here: input, weight, output"),
           key("bypass", "roles that are never stored here; the mapper chooses for roles in neither list"),
           key("holds", "`windows`: one word per array row and position instead of the input tensor; or `tensor`"),
           {"loops", KeyShape::loops, false, "constraints on the temporal loops directly below"}}};
}

NodeTagInfo container() {
  return {"!Container",
          "container",
          {name_key,
           {"class", KeyShape::value, false, "component class of what comes with each copy"},
           required("fanout", "copies of everything below"),
           key("shares", "roles that the copies share (multicast of operands, sums of outputs); all if left out"),
           key("separate", "roles that the copies do not share; the opposite of shares"),
           {"loops", KeyShape::loops, false, "constraints on the spatial loops over the copies"}}};
}

NodeTagInfo converter() {
  return {"!Converter",
          "converter",
          {name_key, class_key, cycle_key, required("passes", "roles whose values pass"),
           key("reduces", "adds partial sums; true for shift_add and adder_tree, false for others if left out"),
           key("shared_by", "values that one instance handles one after the other in a step; 1 if left out"),
           key("resolution", "bits of the digital side of a DAC or ADC, 1 to 16"),
           key("rate", "actions per second of a converter with a clock of its own, as in 1.28 GHz")}};
}

NodeTagInfo component() {
  return {"!Component", "component", {name_key, class_key, key("count", "copies at this place; 1 if left out")}};
}

NodeTagInfo compute() { return {"!Compute", "compute", {name_key, class_key, cycle_key}}; }

NodeTagInfo array() {
  return {
      "!Array",
      "array",
      {name_key,
       class_key,
       cycle_key,
       required("rows", "storage elements that add up on one bit line"),
       required("columns", "bit lines"),
       required("bits_per_cell", "bits of a weight in one storage element"),
       {"input", KeyShape::operand, true, "width and encoding of the inputs"},
       {"weight", KeyShape::operand, true, "width and encoding of the weights"},
       {"output", KeyShape::result, false, "width of the outputs; that of the inputs if left out"},
       key("resident", "weights are programmed before inference; true if left out"),
       key("groups", "grouped convolutions: apart (an array per group, if left out), block_diagonal, or either"),
       {"loops", KeyShape::array_loops, false, "constraints on what rows and columns map, and on the loops below"}}};
}

std::vector<NodeTagInfo> make_node_tags() {
  return {memory(), container(), converter(), array(), compute(), component()};
}

std::vector<Key> make_top_keys() {
  return {required("ohmloop", "version of the format: 1"),
          key("name", "of the architecture"),
          key("description", "a paragraph for people"),
          key("source", "paper and table that the numbers come from"),
          key("tables", "tables of single designs whose numbers hold here, as in isaac"),
          {"variables", KeyShape::free_map, false, "names for values; --set changes them"},
          {"fitted", KeyShape::free_map, false, "names for constants that were fitted to the chip's own measurements"},
          key("technology", "process, as in 32 nm; every node inherits it"),
          required("clock", "frequency of the cycles that latency is counted in"),
          {"bits", KeyShape::widths, false, "widths of the operands; with an !Array they stand there instead"},
          required("architecture", "the nodes, outermost first"),
          {"schedule", KeyShape::schedule, false, "how the layers of a network share the arrays"},
          {"components", KeyShape::free_map, false, "compound component classes"}};
}

const std::vector<Key> no_keys = {};
const std::vector<Key> loop_keys = {key("ranks", "ranks that may have a loop here; all if left out"),
                                    {"factors", KeyShape::factors, false, "bounds on loops, as in {M: 4, C: <= 8}"},
                                    key("order", "ranks outer to inner; others stand outside of these")};
const std::vector<Key> array_loop_keys = {{"rows", KeyShape::loops, false, "default {ranks: [K]}"},
                                          {"columns", KeyShape::loops, false, "default {ranks: [M, WS]}"},
                                          {"cells", KeyShape::loops, false, "default {ranks: [N, E, F, IS]}"}};
const std::vector<Key> operand_keys = {
    required("bits", "width of one value"),
    key("encoding", "input: unsigned (if left out), signed; weight: offset (if left out), twos_complement, unsigned")};
const std::vector<Key> result_keys = {required("bits", "width of one value")};
const std::vector<Key> width_keys = {required("input", "bits of an input activation"),
                                     required("weight", "bits of a weight"),
                                     required("output", "bits of an output activation or partial sum")};

const std::vector<Key> schedule_keys = {
    key("order", "one_after_another (if left out), or pipelined: all layers at once, on successive inputs"),
    key("weights", "where one chip is too small: more_chips (if left out), reload, or one_chip: the answer is no"),
    key("copies", "one (if left out), or balanced: spare arrays take copies of slow layers"),
    key("chips", "chips that there are; as many as the network takes if left out"),
    key("link", "the !Component that is charged for what passes between chips; nothing is if left out")};

}  // namespace

const Key* NodeTagInfo::key(std::string_view wanted) const {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const Key& each) { return each.name == wanted; });
  return found == keys.end() ? nullptr : &*found;
}

const std::vector<NodeTagInfo>& node_tags() {
  static const std::vector<NodeTagInfo> tags = make_node_tags();
  return tags;
}

const NodeTagInfo* find_node_tag(std::string_view tag) {
  const auto& tags = node_tags();
  const auto found = std::find_if(tags.begin(), tags.end(), [&](const NodeTagInfo& each) { return each.tag == tag; });
  return found == tags.end() ? nullptr : &*found;
}

const std::vector<Key>& top_keys() {
  static const std::vector<Key> keys = make_top_keys();
  return keys;
}

const std::vector<Key>& keys_within(KeyShape shape) {
  switch (shape) {
    case KeyShape::loops:
      return loop_keys;
    case KeyShape::array_loops:
      return array_loop_keys;
    case KeyShape::operand:
      return operand_keys;
    case KeyShape::result:
      return result_keys;
    case KeyShape::widths:
      return width_keys;
    case KeyShape::schedule:
      return schedule_keys;
    case KeyShape::value:
    case KeyShape::factors:
    case KeyShape::free_map:
      return no_keys;
  }
  return no_keys;
}

std::vector<std::string> key_names(const std::vector<Key>& keys) {
  std::vector<std::string> names;
  names.reserve(keys.size());
  for (const Key& each : keys) names.push_back(each.name);
  return names;
}

std::vector<std::string> tag_names() {
  std::vector<std::string> names;
  for (const NodeTagInfo& each : node_tags()) names.push_back(each.tag);
  return names;
}

}  // namespace ohmloop
