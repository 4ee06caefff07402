#include "ohmloop/accuracy/data/read_image_files.hpp"

#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/description_keys.hpp"
#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// The keys of one kind of files.
class FilesReader {
 public:
  FilesReader(const YamlEntry& entry, Diagnostics& diagnostics)
      : diagnostics_(diagnostics), keys_(entry.value, fmt::format("source '{}'", entry.key), scope_, diagnostics) {}

  PlacedPath path(std::string_view key) {
    const auto text = keys_.required_text(key);
    return text ? placed(*text, keys_.node(key)->span) : PlacedPath{};
  }

  std::optional<PlacedPath> optional_path(std::string_view key) {
    const auto text = keys_.text(key);
    return text ? std::optional(placed(*text, keys_.node(key)->span)) : std::nullopt;
  }

  /// The folder of the description where the key is missing.
  PlacedPath folder(std::string_view key) {
    auto given = optional_path(key);
    return given ? *given : placed(".", keys_.map().span);
  }

  std::vector<PlacedPath> paths(std::string_view key) {
    std::vector<PlacedPath> result;
    if (keys_.required_node(key) == nullptr) return result;
    const auto words = keys_.words(key);
    if (!words) return result;
    const YamlNode& node = *keys_.node(key);
    for (std::size_t i = 0; i < words->size(); ++i) {
      result.push_back(placed((*words)[i], node.is_sequence() ? node.items[i].span : node.span));
    }
    if (result.empty()) diagnostics_.error(fmt::format("'{}' of {} names no file", key, keys_.what()), node.span);
    return result;
  }

  PlacedName name(std::string_view key, std::string otherwise) {
    auto text = keys_.text(key);
    return text ? PlacedName{std::move(*text), keys_.node(key)->span}
                : PlacedName{std::move(otherwise), keys_.map().span};
  }

  std::optional<std::string> choice(std::string_view key, std::span<const std::string> choices) {
    return keys_.choice(key, choices);
  }

  std::optional<SampleLayout> layout() {
    const auto word = keys_.choice("layout", layout_names());
    if (!word) return std::nullopt;
    return *word == "nchw" ? SampleLayout::nchw : SampleLayout::nhwc;
  }

  void finish() { keys_.finish(); }

 private:
  [[nodiscard]] PlacedPath placed(const std::string& text, const SourceSpan& where) {
    if (text.empty()) diagnostics_.error("expected a path", where);
    const std::filesystem::path folder = std::filesystem::path(where.file->path).parent_path();
    return {.path = (folder / text).lexically_normal().string(), .where = where};
  }

  Diagnostics& diagnostics_;
  EmptyScope scope_;
  MapReader keys_;
};

ImageFiles read_table(FilesReader& reader) {
  return TableOfImages{.table = reader.path("file"),
                       .folder = reader.folder("folder"),
                       .file_column = reader.name("file_column", "file"),
                       .label_column = reader.name("label_column", "class")};
}

ImageFiles read_folders(FilesReader& reader) {
  return FolderPerClass{.folder = reader.path("folder"), .order = reader.optional_path("order")};
}

ImageFiles read_imagenet(FilesReader& reader) {
  return ImageNetFolder{.folder = reader.path("folder"),
                        .labels = reader.path("labels"),
                        .ids = reader.optional_path("ids"),
                        .order = reader.optional_path("order")};
}

ImageFiles read_cifar10(FilesReader& reader) {
  return CifarFiles{.files = reader.paths("files"), .labels = CifarLabels::cifar10};
}

ImageFiles read_cifar100(FilesReader& reader) {
  CifarFiles files{.files = reader.paths("files"), .labels = CifarLabels::cifar100_fine};
  const std::array<std::string, 2> choices = {"fine", "coarse"};
  if (reader.choice("labels", choices) == "coarse") files.labels = CifarLabels::cifar100_coarse;
  return files;
}

ImageFiles read_idx(FilesReader& reader) {
  return IdxFiles{.images = reader.path("images"), .labels = reader.path("labels")};
}

ImageFiles read_npz(FilesReader& reader) {
  const PlacedPath file = reader.path("file");
  return ArrayFiles{.images = file,
                    .labels = file,
                    .images_member = reader.name("images", "images"),
                    .labels_member = reader.name("labels", "labels"),
                    .layout = reader.layout()};
}

ImageFiles read_npy(FilesReader& reader) {
  return ArrayFiles{.images = reader.path("images"),
                    .labels = reader.path("labels"),
                    .images_member = {},
                    .labels_member = {},
                    .layout = reader.layout()};
}

struct Kind {
  std::string_view name;
  ImageFiles (*read)(FilesReader&);
};
constexpr std::array<Kind, 8> kinds = {{{"table", read_table},
                                        {"folders", read_folders},
                                        {"imagenet", read_imagenet},
                                        {"cifar10", read_cifar10},
                                        {"cifar100", read_cifar100},
                                        {"idx", read_idx},
                                        {"npz", read_npz},
                                        {"npy", read_npy}}};

}  // namespace

std::optional<ImageFiles> read_image_files(const YamlNode& node, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.emplace_back(kind.name);
  if (!node.is_map() || node.entries.size() != 1) {
    diagnostics.error("expected one kind of files for 'source'", node.span, "as in idx: {images: ..., labels: ...}",
                      {"kinds: " + list_names(names)});
    return std::nullopt;
  }
  const YamlEntry& entry = node.entries.front();
  for (const Kind& kind : kinds) {
    if (kind.name != entry.key) continue;
    if (!entry.value.is_map()) {
      diagnostics.error(fmt::format("expected a map for source '{}', found {}", entry.key, kind_name(entry.value)),
                        entry.value.span);
      return std::nullopt;
    }
    FilesReader reader(entry, diagnostics);
    ImageFiles files = kind.read(reader);
    reader.finish();
    return files;
  }
  diagnostics.error(fmt::format("unknown kind of files '{}'", entry.key), entry.key_span,
                    did_you_mean(entry.key, names), {"kinds: " + list_names(names)});
  return std::nullopt;
}

}  // namespace ohmloop
