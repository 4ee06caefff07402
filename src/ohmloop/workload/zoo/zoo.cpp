#include "ohmloop/workload/zoo/zoo.hpp"

#include <array>
#include <cctype>
#include <utility>

#include "ohmloop/workload/zoo/families.hpp"

namespace ohmloop {
namespace {

std::vector<ZooEntry> join_families() {
  std::vector<ZooEntry> all;
  for (const auto family :
       {alexnet_family(), vgg_family(), googlenet_family(), resnet_family(), squeezenet_family(), mobilenet_family(),
        densenet_family(), inception_family(), efficientnet_family(), transformer_family()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

/// Letters and digits alone, in lower case.
std::string normalise(std::string_view name) {
  std::string result;
  for (const char character : name) {
    const auto byte = static_cast<unsigned char>(character);
    if (std::isalnum(byte) != 0) result.push_back(static_cast<char>(std::tolower(byte)));
  }
  return result;
}

/// Other names in use, normalised, with the zoo's own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> other_names = {{
    {"inceptionv1", "googlenet"},
    {"resnext50", "resnext50_32x4d"},
    {"wideresnet50", "wide_resnet50_2"},
    {"wideresnet101", "wide_resnet101_2"},
    {"mobilenetv1100", "mobilenet_v1"},
    {"mobilenetv2100", "mobilenet_v2"},
    {"vitb16", "vit_base_16"},
    {"vitbasepatch16224", "vit_base_16"},
    {"bertbase", "bert_base_128"},
    {"bertbaseuncased", "bert_base_128"},
    {"gpt2small", "gpt2"},
}};

std::string_view own_name(std::string_view normalised) {
  for (const auto& [other, own] : other_names) {
    if (other == normalised) return own;
  }
  return normalised;
}

}  // namespace

std::span<const ZooEntry> zoo() {
  static const std::vector<ZooEntry> entries = join_families();
  return entries;
}

const ZooEntry* find_zoo_entry(std::string_view name) {
  const std::string wanted = normalise(own_name(normalise(name)));
  for (const ZooEntry& entry : zoo()) {
    if (normalise(entry.name) == wanted) return &entry;
  }
  return nullptr;
}

std::vector<std::string> zoo_names() {
  std::vector<std::string> names;
  for (const ZooEntry& entry : zoo()) names.emplace_back(entry.name);
  return names;
}

}  // namespace ohmloop
