#include <algorithm>
#include <filesystem>
#include <memory>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/sources/image_files.hpp"
#include "ohmloop/accuracy/data/sources/image_folder.hpp"
#include "ohmloop/accuracy/data/sources/imagenet_labels.hpp"
#include "ohmloop/accuracy/data/sources/placed_file.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t imagenet_classes = 1000;

/// Replaces ILSVRC2012_IDs by what they stand for.
void look_up_ids(std::vector<ImageNetLabel>& labels, const std::vector<std::string>& wnids, const SourceFilePtr& list,
                 Diagnostics& diagnostics) {
  ErrorsOfAKind errors(diagnostics);
  for (ImageNetLabel& label : labels) {
    if (!label.number) continue;
    if (*label.number >= 1 && *label.number <= static_cast<std::int64_t>(wnids.size())) {
      label.wnid = wnids[static_cast<std::size_t>(*label.number - 1)];
      label.number.reset();
      continue;
    }
    errors.add(fmt::format("no wnid is known for number {}", *label.number),
               errors.tells_next() ? span_of(list, label.place) : SourceSpan{},
               fmt::format("known are 1 to {}", wnids.size()));
  }
  errors.finish("numbers without a wnid");
}

/// Numbers of classes for wnids.
void look_up_classes(std::vector<ImageNetLabel>& labels, const ClassOrder& order, const SourceFilePtr& list,
                     Diagnostics& diagnostics) {
  ErrorsOfAKind errors(diagnostics);
  for (ImageNetLabel& label : labels) {
    if (label.number) continue;
    label.number = order.find(label.wnid);
    if (label.number) continue;
    errors.add(fmt::format("'{}' is none of the classes in 'order'", label.wnid),
               errors.tells_next() ? span_of(list, label.place) : SourceSpan{},
               errors.tells_next() ? did_you_mean(label.wnid, order.names()) : std::string());
  }
  errors.finish("labels that are no class");
}

/// All wnids that occur, sorted. A class that is missing among them would shift the numbers of those behind it.
ClassOrder order_of_wnids(const std::vector<ImageNetLabel>& labels, const std::vector<std::string>& ids,
                          const ImageNetFolder& files, Diagnostics& diagnostics) {
  std::vector<std::string> wnids = ids;
  for (const ImageNetLabel& label : labels) {
    if (!label.wnid.empty()) wnids.push_back(label.wnid);
  }
  ClassOrder order = ClassOrder::sorted(std::move(wnids));
  if (order.size() != 0 && order.size() != imagenet_classes) {
    diagnostics.error(
        fmt::format("{} different wnids do not tell the numbers of {} classes", order.size(), imagenet_classes),
        files.ids ? files.ids->where : files.labels.where,
        "expected 'order', a file with all wnids in the order of the classes");
  }
  return order;
}

/// Brings labels that stand behind names into the order of the images.
std::vector<ImageNetLabel> in_order_of(const std::vector<std::string>& images, std::vector<ImageNetLabel> labels,
                                       const SourceFilePtr& list, const PlacedPath& folder, Diagnostics& diagnostics) {
  std::unordered_map<std::string, std::size_t> by_name;
  ErrorsOfAKind errors(diagnostics);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool there = std::binary_search(images.begin(), images.end(), labels[i].image);
    if (there && by_name.emplace(labels[i].image, i).second) continue;
    errors.add(there ? fmt::format("image '{}' has two labels", labels[i].image)
                     : fmt::format("there is no image '{}' in '{}'", labels[i].image, folder.path),
               errors.tells_next() ? span_of(list, labels[i].place) : SourceSpan{},
               errors.tells_next() && !there ? did_you_mean(labels[i].image, images) : std::string());
  }
  errors.finish("labels that belong to no image");
  std::vector<ImageNetLabel> ordered;
  ErrorsOfAKind unlabelled(diagnostics);
  for (const std::string& image : images) {
    const auto found = by_name.find(image);
    if (found != by_name.end()) {
      ordered.push_back(labels[found->second]);
    } else {
      unlabelled.add(fmt::format("image '{}' has no label", image), folder.where);
    }
  }
  unlabelled.finish("images without a label");
  return ordered;
}

}  // namespace

std::optional<LabelledImages> open_images(const ImageNetFolder& files, OpenContext& context) {
  Diagnostics& diagnostics = context.diagnostics;
  const bool has_folder = check_folder(files.folder, context);
  const SourceFilePtr list = open_text(files.labels, context);
  const SourceFilePtr ids_file = files.ids ? open_text(*files.ids, context) : nullptr;
  std::optional<ClassOrder> order;
  if (files.order) order = ClassOrder::read(*files.order, context);
  if (!has_folder || diagnostics.has_errors()) return std::nullopt;

  const std::vector<std::string> images = images_within(files.folder, "", context);
  std::vector<ImageNetLabel> labels = read_imagenet_labels(list, diagnostics);
  std::vector<std::string> ids;
  if (ids_file) ids = read_imagenet_ids(ids_file, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  if (ids_file) look_up_ids(labels, ids, list, diagnostics);
  if (!order) order = order_of_wnids(labels, ids, files, diagnostics);
  look_up_classes(labels, *order, list, diagnostics);
  if (!labels.empty() && !labels.front().image.empty()) {
    labels = in_order_of(images, std::move(labels), list, files.folder, diagnostics);
  } else if (labels.size() != images.size()) {
    diagnostics.error(fmt::format("'{}' has {} labels, but there are {} images in '{}'", files.labels.path,
                                  labels.size(), images.size(), files.folder.path),
                      files.labels.where);
  }
  if (diagnostics.has_errors()) return std::nullopt;

  LabelledImages result;
  std::vector<ImageFileSource::File> paths;
  std::vector<TextPiece> places;
  for (std::size_t i = 0; i < images.size(); ++i) {
    paths.push_back({(std::filesystem::path(files.folder.path) / images[i]).string(), images[i]});
    result.labels.push_back(*labels[i].number);
    places.push_back(labels[i].place);
  }
  result.classes = files.order ? order->size() : imagenet_classes;
  result.images = std::make_shared<ImageFileSource>(std::move(paths), context.options.image_limits);
  result.label_place = [list, places = std::move(places)](std::size_t i) { return span_of(list, places[i]); };
  return result;
}

}  // namespace ohmloop
