#include "ohmloop/accuracy/data/description_keys.hpp"

#include <array>

namespace ohmloop {
namespace {

using Shape = DataKeyShape;

DataKey layout_key(std::string meaning) {
  const auto names = layout_names();
  return {"layout", Shape::text, false, std::move(meaning), {names.begin(), names.end()}};
}

std::vector<DataKey> make_top() {
  return {
      {"ohmloop-data", Shape::number, true, "version of the format: 1"},
      {"name", Shape::text, false, "of the data set; else the file's name"},
      {"description", Shape::text, false, "a paragraph for people"},
      {"package", Shape::text, false, "Debian package that brings the files: named where they are missing"},
      {"source", Shape::source, true, "the files and their form, below"},
      {"preprocessing", Shape::steps, false, "what is done to every image, in this order, below"},
      layout_key("order of a sample's axes; nchw where nothing is said"),
      {"classes", Shape::number, false, "number of classes: labels are 0 to one less"},
      {"label_offset", Shape::number, false, "added to every label: -1 where a list counts from 1"},
      {"limit", Shape::number, false, "only so many images, the first ones"},
  };
}

std::vector<DataKey> make_kinds() {
  const auto kind = [](std::string name, std::string meaning, std::vector<DataKey> keys) {
    return DataKey{std::move(name), Shape::text, false, std::move(meaning), {}, std::move(keys)};
  };
  const std::string axes = "order of the images' axes; needed where they have four";
  return {
      kind("table", "JPEG and PNG files that a tab-separated table lists, with names of columns in its first row",
           {{"file", Shape::text, true, "the table"},
            {"folder", Shape::text, false, "what the paths in it are relative to; else the folder of the description"},
            {"file_column", Shape::text, false, "`file` where nothing is said"},
            {"label_column", Shape::text, false, "`class` where nothing is said"}}),
      kind("folders", "JPEG and PNG files in one sub-folder for each class",
           {{"folder", Shape::text, true, "the folder above"},
            {"order", Shape::text, false,
             "names of the sub-folders in the order of the classes, one a line; else by name"}}),
      kind("imagenet", "ImageNet's validation images in one folder",
           {{"folder", Shape::text, true, "of the images"},
            {"labels", Shape::text, true, "label of each image, in the order of their names, or behind the name"},
            {"ids", Shape::text, false, "wnid of every number, for lists that hold ILSVRC2012_IDs"},
            {"order", Shape::text, false, "wnids in the order of the classes, one a line; else sorted"}}),
      kind("cifar10", "binary records of 1 + 3072 bytes",
           {{"files", Shape::texts, true, "one file, or a list of them"}}),
      kind("cifar100", "binary records of 2 + 3072 bytes",
           {{"files", Shape::texts, true, "one file, or a list of them"},
            {"labels",
             Shape::text,
             false,
             "100 fine ones or 20 coarse ones; fine where nothing is said",
             {"fine", "coarse"}}}),
      kind("idx", "MNIST's files, plain or compressed by gzip",
           {{"images", Shape::text, true, "images of 8 bits, three axes"},
            {"labels", Shape::text, true, "labels of 8 bits"}}),
      kind("npz", "two arrays of a NPZ file: images of uint8 or float32, labels of integers",
           {{"file", Shape::text, true, "the NPZ file"},
            {"images", Shape::text, false, "name of the array of images; `images` where nothing is said"},
            {"labels", Shape::text, false, "name of the array of labels; `labels` where nothing is said"},
            layout_key(axes)}),
      kind("npy", "the same from two NPY files",
           {{"images", Shape::text, true, "file of the images"},
            {"labels", Shape::text, true, "file of the labels"},
            layout_key(axes)}),
  };
}

std::vector<DataKey> make_operations() {
  return {
      {"resize",
       Shape::text,
       false,
       "another size",
       {},
       {{"shorter", Shape::number, false, "the shorter side's size; the longer one keeps the proportion, rounded down"},
        {"width", Shape::number, false, "both sides' sizes, instead of `shorter`"},
        {"height", Shape::number, false, "with `width`"},
        {"filter", Shape::text, false, "bilinear where nothing is said", {"nearest", "bilinear", "bicubic"}},
        {"antialias", Shape::truth, false,
         "whether the filter grows where the image shrinks; true where nothing is said"}}},
      {"crop",
       Shape::side_or_map,
       false,
       "the middle: one number for a square",
       {},
       {{"width", Shape::number, true, "of the crop"}, {"height", Shape::number, true, "of the crop"}}},
      {"channels",
       Shape::text,
       false,
       "order of colours; files and CIFAR begin as rgb, IDX as grey",
       {"rgb", "bgr", "grey"}},
      {"add", Shape::numbers, false, "a number for all channels, or a list with one for each"},
      {"subtract", Shape::numbers, false, "the same"},
      {"multiply", Shape::numbers, false, "the same"},
      {"divide", Shape::numbers, false, "the same, not 0"},
  };
}

}  // namespace

const std::vector<DataKey>& data_description_keys() {
  static const std::vector<DataKey> keys = make_top();
  return keys;
}

const std::vector<DataKey>& image_files_keys() {
  static const std::vector<DataKey> keys = make_kinds();
  return keys;
}

const std::vector<DataKey>& preprocessing_keys() {
  static const std::vector<DataKey> keys = make_operations();
  return keys;
}

std::span<const std::string> layout_names() {
  static const std::array<std::string, 2> names = {"nchw", "nhwc"};
  return names;
}

}  // namespace ohmloop
