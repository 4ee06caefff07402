#include "ohmloop/accuracy/data/sources/image_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/sources/class_order.hpp"
#include "ohmloop/accuracy/data/sources/image_files.hpp"
#include "ohmloop/accuracy/data/sources/placed_file.hpp"
#include "ohmloop/accuracy/data/sources/text_lines.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

/// Sorted names of a folder's entries, all of which must be `wanted`.
std::vector<std::string> list_folder(const fs::path& path, const PlacedPath& placed, const std::string& expected,
                                     const std::function<bool(const fs::directory_entry&)>& wanted,
                                     OpenContext& context) {
  std::vector<std::string> names;
  ErrorsOfAKind strangers(context.diagnostics);
  std::error_code error;
  for (fs::directory_iterator each(path, error), end; !error && each != end; each.increment(error)) {
    std::string name = each->path().filename().string();
    if (name.front() == '.') continue;
    if (wanted(*each)) {
      names.push_back(std::move(name));
    } else {
      strangers.add(fmt::format("'{}' is in a folder where {} are expected", each->path().string(), expected),
                    placed.where);
    }
  }
  if (error) {
    context.diagnostics.error(fmt::format("cannot read the folder '{}': {}", path.string(), error.message()),
                              placed.where);
  }
  strangers.finish("such files");
  std::sort(names.begin(), names.end());
  return names;
}

/// Folders that `order` does not know.
void check_known(const std::vector<std::string>& folders, const ClassOrder& order, const FolderPerClass& files,
                 OpenContext& context) {
  ErrorsOfAKind unknown(context.diagnostics);
  for (const std::string& folder : folders) {
    if (order.find(folder)) continue;
    const std::string near = unknown.tells_next() ? did_you_mean(folder, order.names()) : std::string();
    unknown.add(fmt::format("folder '{}' is none of the classes in '{}'", folder, files.order->path),
                files.order->where, near);
  }
  unknown.finish("folders that are no class");
}

}  // namespace

std::vector<std::string> folders_within(const PlacedPath& folder, OpenContext& context) {
  const auto is_folder = [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return entry.is_directory(ignored);
  };
  return list_folder(folder.path, folder, "folders with the images of a class", is_folder, context);
}

std::vector<std::string> images_within(const PlacedPath& folder, const std::string& within, OpenContext& context) {
  const auto is_image = [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return entry.is_regular_file(ignored) && has_image_ending(entry.path().filename().string());
  };
  return list_folder(fs::path(folder.path) / within, folder, "JPEG and PNG files", is_image, context);
}

std::optional<LabelledImages> open_images(const FolderPerClass& files, OpenContext& context) {
  std::optional<ClassOrder> order;
  if (files.order) order = ClassOrder::read(*files.order, context);
  if (!check_folder(files.folder, context) || context.diagnostics.has_errors()) return std::nullopt;
  const std::vector<std::string> folders = folders_within(files.folder, context);
  if (!order) order = ClassOrder(folders);
  if (files.order) check_known(folders, *order, files, context);
  if (context.diagnostics.has_errors()) return std::nullopt;

  std::vector<ImageFileSource::File> images;
  LabelledImages result;
  result.classes = order->size();
  for (const std::string& folder : order->names()) {
    if (!std::binary_search(folders.begin(), folders.end(), folder)) continue;
    for (const std::string& image : images_within(files.folder, folder, context)) {
      const fs::path name = fs::path(folder) / image;
      images.push_back({(fs::path(files.folder.path) / name).string(), name.string()});
      result.labels.push_back(*order->find(folder));
    }
  }
  if (context.diagnostics.has_errors()) return std::nullopt;
  result.images = std::make_shared<ImageFileSource>(std::move(images), context.options.image_limits);
  return result;
}

}  // namespace ohmloop
