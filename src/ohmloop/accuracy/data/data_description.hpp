#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ohmloop/accuracy/data/preprocessing_step.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// A path of a description, already relative to the working directory, and where it stands.
struct PlacedPath {
  std::string path;
  SourceSpan where;
};

/// A word of a description and where it stands.
struct PlacedName {
  std::string name;
  SourceSpan where;
};

/// A tab-separated table with a row of column names on top: one image a row, paths relative to `folder`.
struct TableOfImages {
  PlacedPath table;
  PlacedPath folder;
  PlacedName file_column;
  PlacedName label_column;
};

/// One sub-folder for each class. Classes are numbered as the lines of `order` say, by their first word, or by name.
struct FolderPerClass {
  PlacedPath folder;
  std::optional<PlacedPath> order;
};

/// The validation images of ImageNet in one folder, with a list of labels; docs/accuracy.md lists its forms.
struct ImageNetFolder {
  PlacedPath folder;
  PlacedPath labels;
  std::optional<PlacedPath> ids;
  std::optional<PlacedPath> order;
};

enum class CifarLabels { cifar10, cifar100_fine, cifar100_coarse };

/// CIFAR's binary records, of one or several files behind one another.
struct CifarFiles {
  std::vector<PlacedPath> files;
  CifarLabels labels = CifarLabels::cifar10;
};

/// MNIST's IDX files, plain or compressed by gzip.
struct IdxFiles {
  PlacedPath images;
  PlacedPath labels;
};

/// Two arrays of numpy. Of a NPZ file, the members' names; of two NPY files, no names. `layout` is needed for images
/// with four axes.
struct ArrayFiles {
  PlacedPath images;
  PlacedPath labels;
  std::optional<PlacedName> images_member;
  std::optional<PlacedName> labels_member;
  std::optional<SampleLayout> layout;
};

using ImageFiles = std::variant<TableOfImages, FolderPerClass, ImageNetFolder, CifarFiles, IdxFiles, ArrayFiles>;

/// A data set as its YAML file describes it.
struct DataDescription {
  std::string name;
  std::string description;
  SourceFilePtr source;
  ImageFiles files;
  SourceSpan files_where;
  std::string package;  ///< Debian package that brings the files; empty where none does
  std::vector<PreprocessingStep> preprocessing;
  SampleLayout layout = SampleLayout::nchw;
  std::optional<std::int64_t> classes;
  SourceSpan classes_where;
  std::int64_t label_offset = 0;  ///< added to every label
  std::optional<std::size_t> limit;
  SourceSpan limit_where;
};

}  // namespace ohmloop
