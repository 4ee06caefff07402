#include "ohmloop/accuracy/data/read_data_description.hpp"

#include <gtest/gtest.h>

#include "ohmloop/accuracy/data/data_testing.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::source_of;

DataDescription read(const std::string& text, const std::string& path = "sets/test.yaml") {
  return read_data_description(source_of(text, path));
}

std::string complaint(const std::string& text) {
  return data_testing::complaints([&] { read(text); });
}

/// A whole description with this source, in one line.
DataDescription with_source(const std::string& source) { return read("ohmloop-data: 1\nsource: {" + source + "}\n"); }

/// Complaints about the steps of a description that is right otherwise.
std::string complaint_about_step(const std::string& step) {
  return complaint("ohmloop-data: 1\nsource: {cifar10: {files: a}}\npreprocessing:\n- " + step + "\n");
}

TEST(ReadDataDescription, ReadsEveryKey) {
  const DataDescription data = read(R"(
ohmloop-data: 1
name: nips
description: images
package: some-package
source:
  table: {file: labels.tsv, folder: images/../all, file_column: path, label_column: number}
preprocessing:
- resize: {shorter: 256}
- resize: {width: 30, height: 20, filter: bicubic, antialias: false}
- crop: 224
- crop: {width: 7, height: 8}
- channels: bgr
- multiply: 1/255
- subtract: [0.485, 0.456, 4.06e-1]
- divide: 2
- add: -1
layout: nhwc
classes: 1000
label_offset: -1
limit: 500
)");
  EXPECT_EQ(data.name, "nips");
  EXPECT_EQ(data.description, "images");
  EXPECT_EQ(data.package, "some-package");
  const auto& table = std::get<TableOfImages>(data.files);
  EXPECT_EQ(table.table.path, "sets/labels.tsv");
  EXPECT_EQ(table.folder.path, "sets/all");
  EXPECT_EQ(table.file_column.name, "path");
  EXPECT_EQ(table.label_column.name, "number");
  EXPECT_EQ(
      to_string(data.preprocessing),
      "resize the shorter side to 256 (bilinear), resize to 30 x 20 (bicubic without antialiasing), crop the middle "
      "224 x 224, crop the middle 7 x 8, channels bgr, multiply 0.003921569, subtract 0.485 0.456 0.406, divide 2, "
      "add -1");
  EXPECT_EQ(std::get<ArithmeticStep>(data.preprocessing[5].operation).constants, (std::vector<float>{1.0F / 255.0F}));
  EXPECT_EQ(testing_text::place_of(data.preprocessing[2].where), "11:3+4");
  EXPECT_EQ(data.layout, SampleLayout::nhwc);
  EXPECT_EQ(data.classes, 1000);
  EXPECT_EQ(data.label_offset, -1);
  EXPECT_EQ(data.limit, 500U);
}

TEST(ReadDataDescription, MuchMayBeLeftOut) {
  const DataDescription data = with_source("table: {file: /data/labels.tsv}");
  EXPECT_EQ(data.name, "test");
  EXPECT_EQ(std::get<TableOfImages>(data.files).table.path, "/data/labels.tsv");
  EXPECT_EQ(std::get<TableOfImages>(data.files).folder.path, "sets/");
  EXPECT_EQ(std::get<TableOfImages>(data.files).file_column.name, "file");
  EXPECT_EQ(std::get<TableOfImages>(data.files).label_column.name, "class");
  EXPECT_TRUE(data.preprocessing.empty());
  EXPECT_EQ(data.layout, SampleLayout::nchw);
  EXPECT_EQ(data.classes, std::nullopt);
  EXPECT_EQ(data.limit, std::nullopt);
}

TEST(ReadDataDescription, ReadsEveryKindOfFiles) {
  const auto cifar = std::get<CifarFiles>(with_source("cifar10: {files: [a.bin, b.bin]}").files);
  ASSERT_EQ(cifar.files.size(), 2U);
  EXPECT_EQ(cifar.files[1].path, "sets/b.bin");
  EXPECT_EQ(testing_text::place_of(cifar.files[1].where), "2:35+5");
  EXPECT_EQ(cifar.labels, CifarLabels::cifar10);
  EXPECT_EQ(std::get<CifarFiles>(with_source("cifar100: {files: a}").files).labels, CifarLabels::cifar100_fine);
  EXPECT_EQ(std::get<CifarFiles>(with_source("cifar100: {files: a, labels: coarse}").files).labels,
            CifarLabels::cifar100_coarse);
  const auto idx = std::get<IdxFiles>(with_source("idx: {images: i.gz, labels: l.gz}").files);
  EXPECT_EQ(idx.images.path, "sets/i.gz");
  EXPECT_EQ(idx.labels.path, "sets/l.gz");
  const auto npz = std::get<ArrayFiles>(with_source("npz: {file: x.npz, images: x, layout: nhwc}").files);
  EXPECT_EQ(npz.images.path, "sets/x.npz");
  EXPECT_EQ(npz.images_member->name, "x");
  EXPECT_EQ(npz.labels_member->name, "labels");
  EXPECT_EQ(npz.layout, SampleLayout::nhwc);
  const auto npy = std::get<ArrayFiles>(with_source("npy: {images: x.npy, labels: y.npy}").files);
  EXPECT_EQ(npy.labels.path, "sets/y.npy");
  EXPECT_EQ(npy.images_member, std::nullopt);
  EXPECT_EQ(npy.layout, std::nullopt);
  const auto folders = std::get<FolderPerClass>(with_source("folders: {folder: val, order: synsets.txt}").files);
  EXPECT_EQ(folders.folder.path, "sets/val");
  EXPECT_EQ(folders.order->path, "sets/synsets.txt");
  const auto imagenet =
      std::get<ImageNetFolder>(with_source("imagenet: {folder: val, labels: l, ids: i, order: o}").files);
  EXPECT_EQ(imagenet.labels.path, "sets/l");
  EXPECT_EQ(imagenet.ids->path, "sets/i");
  EXPECT_EQ(imagenet.order->path, "sets/o");
}

TEST(ReadDataDescription, TellsAllErrorsOfAFileAtOnce) {
  EXPECT_EQ(complaint(R"(ohmloop-data: 2
naem: x
source: {tabel: {file: a}}
preprocessing:
- resize: 256
- crop: 0
- chanels: bgr
- divide: [1, 0]
layout: chw
)"),
            R"(error: version 2 of the format is not known
 --> sets/test.yaml:1:15
  |
1 | ohmloop-data: 2
  |               ^ this program reads version 1

error: 'layout' of the data set cannot be 'chw'
 --> sets/test.yaml:9:9
  |
9 | layout: chw
  |         ^^^ did you mean 'nchw'?
  = choices: nchw, nhwc

error: unknown kind of files 'tabel'
 --> sets/test.yaml:3:10
  |
3 | source: {tabel: {file: a}}
  |          ^^^^^ did you mean 'table'?
  = kinds: table, folders, imagenet, cifar10, cifar100, idx, npz, npy

error: step 'resize' cannot be a scalar
 --> sets/test.yaml:5:11
  |
5 | - resize: 256
  |           ^^^ expected {shorter: 256} or {width: 224, height: 224}

error: 'crop' of this step must be at least 1, not 0
 --> sets/test.yaml:6:9
  |
6 | - crop: 0
  |         ^

error: unknown operation 'chanels'
 --> sets/test.yaml:7:3
  |
7 | - chanels: bgr
  |   ^^^^^^^ did you mean 'channels'?
  = operations: resize, crop, channels, add, subtract, multiply, divide

error: a division by zero
 --> sets/test.yaml:8:15
  |
8 | - divide: [1, 0]
  |               ^

error: unknown key 'naem' in the data set
 --> sets/test.yaml:2:1
  |
2 | naem: x
  | ^^^^ did you mean 'name'?
  = known keys: classes, description, label_offset, layout, limit, name, ohmloop-data, package, preprocessing, source
)");
}

TEST(ReadDataDescription, StepsSayWhatTheyNeed) {
  const auto has = [](const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  has(complaint_about_step("resize: {filter: bilinear}"),
      "step 'resize' needs either 'shorter', or 'width' and 'height'");
  has(complaint_about_step("resize: {shorter: 5, width: 5}"), "step 'resize' needs either");
  has(complaint_about_step("resize: {width: 5}"), "step 'resize' needs the key 'height'");
  has(complaint_about_step("resize: {shorter: 9000}"), "'shorter' of step 'resize' must be at most 8192, not 9000");
  has(complaint_about_step("resize: {shorter: 5, filter: cubic}"), "did you mean 'bicubic'?");
  has(complaint_about_step("resize: {shorter: 5, antialais: true}"), "did you mean 'antialias'?");
  has(complaint_about_step("crop: {width: 5}"), "step 'crop' needs the key 'height'");
  has(complaint_about_step("crop: 2.5"), "must be whole");
  has(complaint_about_step("crop:"), "error");
  has(complaint_about_step("channels: gray"), "did you mean 'grey'?");
  has(complaint_about_step("add: []"), "expected a number, or a list with one for each channel");
  has(complaint_about_step("add: {a: 1}"), "step 'add' cannot be a map");
  has(complaint_about_step("add: [[1]]"), "expected a number in step 'add', found a list");
  has(complaint_about_step("add: one"), "expected a plain number in step 'add', found 'one'");
  has(complaint_about_step("add: 1 nm"), "expected a plain number in step 'add', found a number with a unit");
  has(complaint_about_step("add: 1e39"), "is too large for a float32");
  has(complaint_about_step("divide: 1e-60"), "a division by zero");
  has(complaint_about_step("{crop: 1, add: 1}"), "expected one operation for each step");
  has(complaint_about_step("crop"), "expected one operation for each step");
  has(complaint("ohmloop-data: 1\nsource: {cifar10: {files: a}}\npreprocessing: {crop: 1}\n"),
      "expected a list of steps for 'preprocessing', found a map");
}

TEST(ReadDataDescription, SourcesSayWhatTheyNeed) {
  const auto has = [](const std::string& source, const std::string& part) {
    const std::string text = complaint("ohmloop-data: 1\nsource: " + source + "\n");
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  has("{}", "expected one kind of files for 'source'");
  has("a.tsv", "expected one kind of files for 'source'");
  has("{npy: {}, npz: {}}", "expected one kind of files for 'source'");
  has("{cifar10: a.bin}", "expected a map for source 'cifar10', found a scalar");
  has("{cifar10: {}}", "source 'cifar10' needs the key 'files'");
  has("{cifar10: {files: []}}", "'files' of source 'cifar10' names no file");
  has("{cifar100: {files: a, labels: fin}}", "did you mean 'fine'?");
  has("{idx: {images: a}}", "source 'idx' needs the key 'labels'");
  has("{idx: {images: '', labels: b}}", "expected a path");
  has("{npz: {file: a, layout: hwc}}", "did you mean 'nhwc'?");
  EXPECT_NE(complaint("ohmloop-data: 1\n").find("the data set needs the key 'source'"), std::string::npos);
  EXPECT_NE(complaint("source: {cifar10: {files: a}}\n").find("needs the key 'ohmloop-data'"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
