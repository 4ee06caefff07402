#include "ohmloop/accuracy/data/open_data_set.hpp"

#include <gtest/gtest.h>

#include "ohmloop/accuracy/data/described_testing.hpp"
#include "ohmloop/accuracy/data/images/image_testing.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using namespace data_testing;
using Dims = std::vector<std::int64_t>;
using Floats = std::vector<float>;

/// Three images of one colour each, 4 x 4, with a table.
void write_colours(const DataFolder& folder,
                   const std::string& labels = "file\tclass\na.png\t1\nb.png\t0\nc.jpg\t2\n") {
  folder.write("a.png", png(std::vector<Bytes>(4, Bytes(12, 10)), 4));
  folder.write("b.png", png(std::vector<Bytes>(4, Bytes(12, 20)), 4));
  folder.write("c.jpg", jpeg(Bytes(16, 30), 4, 4, {.colours = JCS_GRAYSCALE, .quality = 100}));
  folder.write("labels.tsv", labels);
}

const std::string table = "source: {table: {file: labels.tsv}}\npreprocessing: [{crop: 2}]\n";

TEST(OpenDataSet, ATableOfImages) {
  const Described described(table + "classes: 3\n");
  write_colours(described.folder());
  const auto data = described.open();
  EXPECT_EQ(data->name(), "test");
  EXPECT_EQ(data->size(), 3U);
  EXPECT_EQ(data->classes(), 3);
  EXPECT_EQ(data->sample_dims(), (Dims{3, 2, 2}));
  EXPECT_EQ(data->image_name(1), "b.png");
  EXPECT_EQ(data->label(0), 1);
  EXPECT_EQ(sample(*data, 0), Floats(12, 10));
  EXPECT_EQ(sample(*data, 1), Floats(12, 20));
  EXPECT_EQ(sample(*data, 2), Floats(12, 30));
  EXPECT_EQ(data->preprocessing(), "crop the middle 2 x 2, nchw");
  EXPECT_EQ(data->decoder(), image_decoders());
}

TEST(OpenDataSet, KeepsImagesThatItHasDecoded) {
  const Described described(table);
  write_colours(described.folder());
  const auto keeping = described.open({.keep_bytes = 2 * 12});
  const auto forgetting = described.open({.keep_bytes = 0});
  for (const auto& data : {keeping, forgetting}) {
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(sample(*data, i), Floats(12, 10.0F * static_cast<float>(i + 1)));
  }
  for (const char* name : {"a.png", "b.png", "c.jpg"}) std::filesystem::remove(described.folder().path(name));
  EXPECT_EQ(sample(*keeping, 0), Floats(12, 10));
  EXPECT_EQ(sample(*keeping, 1), Floats(12, 20));
  EXPECT_THROW(sample(*keeping, 2), IoError);
  EXPECT_THROW(sample(*forgetting, 0), IoError);
}

TEST(OpenDataSet, ADamagedImageIsNamed) {
  const Described described(table);
  write_colours(described.folder());
  Bytes file = jpeg(std::get<Bytes>(formula_image(9, 9, 3).pixels), 9, 9);
  file.resize(file.size() - 10);
  described.folder().write("b.png", file);
  described.folder().write("c.jpg", png({{1, 2, 3}}, 1));
  const auto data = described.open();
  try {
    sample(*data, 1);
    FAIL() << "the image is cut off";
  } catch (const ImageError& error) {
    EXPECT_EQ(error.index(), 1U);
    EXPECT_EQ(error.image(), "b.png");
    EXPECT_EQ(error.why(), "Premature end of JPEG file");
    EXPECT_EQ(render(error.diagnostics()), "error: image 'b.png' cannot be used: Premature end of JPEG file\n");
  }
  EXPECT_EQ(complaints([&] { sample(*data, 2); }),
            "error: image 'c.jpg' cannot be used: an image of 1 x 1 pixels is too small for a crop of 2 x 2\n");
}

TEST(OpenDataSet, LabelsAreMovedAndLimited) {
  const Described described(table + "classes: 3\nlabel_offset: -1\nlimit: 2\n");
  write_colours(described.folder(), "file\tclass\na.png\t1\nb.png\t3\nc.jpg\t9\n");
  const auto data = described.open();
  EXPECT_EQ(data->size(), 2U);
  EXPECT_EQ(data->label(0), 0);
  EXPECT_EQ(data->label(1), 2);
  EXPECT_EQ(described.open({.most_images = 1})->size(), 1U);
  EXPECT_EQ(described.open({.most_images = 99})->size(), 2U);
}

TEST(OpenDataSet, LabelsThatAreNoClassAreShown) {
  const Described described(table + "classes: 3\n");
  write_colours(described.folder(), "file\tclass\na.png\t3\nb.png\t-1\nc.jpg\t2\n");
  EXPECT_EQ(described.complaint(), R"(error: label 3 of image 'a.png' is no class
 --> DIR/labels.tsv:2:7
  |
2 | a.png    3
  |          ^ expected 0 to 2

error: label -1 of image 'b.png' is no class
 --> DIR/labels.tsv:3:7
  |
3 | b.png    -1
  |          ^^ expected 0 to 2
)");
}

TEST(OpenDataSet, ManyErrorsOfAKindAreCounted) {
  const Described described("source: {cifar10: {files: a.bin}}\n");
  described.folder().write("a.bin", Bytes(std::size_t{3073} * 30, 200));
  const std::string text = described.complaint();
  EXPECT_NE(text.find("label 200 of image 'a.bin[9]' is no class"), std::string::npos) << text;
  EXPECT_EQ(text.find("'a.bin[10]'"), std::string::npos);
  EXPECT_NE(text.find("and 20 more labels that are no class"), std::string::npos);
}

TEST(OpenDataSet, ALimitBeyondTheImagesIsAnError) {
  const Described described(table + "limit: 4\n");
  write_colours(described.folder());
  EXPECT_NE(described.complaint().find("'limit' is 4, but there are 3 images"), std::string::npos);
}

TEST(OpenDataSet, ATableTellsAllItsErrors) {
  const Described described(table);
  write_colours(described.folder(), "file\tclass\na.png\tone\nb.png\n\t4\nc.png\t5\n");
  EXPECT_EQ(described.complaint(), R"(error: expected the number of a class, found 'one'
 --> DIR/labels.tsv:2:7
  |
2 | a.png    one
  |          ^^^

error: a row of 1 cells under 2 columns
 --> DIR/labels.tsv:3:1
  |
3 | b.png
  | ^^^^^

error: expected the path of an image
 --> DIR/labels.tsv:4:1
  |
4 |     4
  | ^^^^
)");
  described.folder().write("labels.tsv", "path\tclass\r\na.png\t1\r\n");
  EXPECT_NE(described.complaint().find("the table has no column 'file'"), std::string::npos);
  EXPECT_NE(described.complaint().find("columns: path, class"), std::string::npos);
  described.folder().write("labels.tsv", "file\tclass\r\naa.png\t1\r\n");
  const std::string missing = described.complaint();
  EXPECT_NE(missing.find("there is no image 'DIR/aa.png'"), std::string::npos) << missing;
  EXPECT_NE(missing.find("did you mean 'a.png'?"), std::string::npos);
}

TEST(OpenDataSet, MissingFilesAreAllNamed) {
  const Described described("package: dataset-test\nsource: {idx: {images: imgs.gz, labels: labels.gz}}\n");
  described.folder().write("images.gz", "");
  const std::string text = described.complaint();
  EXPECT_NE(text.find("there is no file 'DIR/imgs.gz'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'images.gz'?"), std::string::npos) << text;
  EXPECT_NE(text.find("there is no file 'DIR/labels.gz'"), std::string::npos) << text;
  EXPECT_NE(text.find("the Debian package dataset-test brings it: apt install dataset-test"), std::string::npos);
}

TEST(OpenDataSet, WithoutImagesThereIsNothingToOpen) {
  const Described described(table);
  described.folder().write("labels.tsv", "file\tclass\n");
  EXPECT_NE(described.complaint().find("data set 'test' has no images"), std::string::npos);
}

TEST(OpenDataSet, ImagesOfAnySizeNeedOne) {
  const Described described("source: {table: {file: labels.tsv}}\n");
  write_colours(described.folder());
  EXPECT_NE(described.complaint().find("the images have sizes of their own, which no step makes one"),
            std::string::npos);
}

TEST(OpenDataSet, ArraysOfANpzFile) {
  const Described described(
      "source: {npz: {file: x.npz, images: x, labels: y, layout: nchw}}\npreprocessing: [add: 0.5]\n");
  const Bytes images = npy("|u1", "(2, 3, 1, 2)", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  const Bytes labels = npy("<i4", "(2,)", elements_of(std::vector<std::int32_t>{4, 0}));
  for (const bool deflated : {false, true}) {
    described.folder().write("x.npz", zip({{"x.npy", images, deflated, !deflated}, {"y.npy", labels, deflated}}));
    const auto data = described.open();
    EXPECT_EQ(data->sample_dims(), (Dims{3, 1, 2}));
    EXPECT_EQ(data->label(0), 4);
    EXPECT_EQ(data->image_name(1), "x.npz:x[1]");
    EXPECT_EQ(sample(*data, 1), (Floats{6.5F, 7.5F, 8.5F, 9.5F, 10.5F, 11.5F}));
  }
}

TEST(OpenDataSet, ArraysThatDoNotFitAreTold) {
  const Described described("source: {npz: {file: x.npz}}\n");
  const auto has = [&](const std::string& part) {
    const std::string text = described.complaint();
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  const Bytes labels = npy("|u1", "(3,)", {1, 2, 3});
  const Bytes images = npy("|u1", "(2, 1, 1)", {1, 2});
  described.folder().write("x.npz", zip({{"image.npy", images}, {"labels.npy", labels}}));
  has("the file has no array 'images'\n");
  has("did you mean 'image'?");
  has("arrays: image, labels");
  described.folder().write("x.npz", zip({{"images.npy", images}, {"labels.npy", labels}}));
  has("2 images, but 3 labels");
  described.folder().write("x.npz", zip({{"images.npy", labels}, {"labels.npy", images}}));
  has("'DIR/x.npz': images of shape (3); expected 3 axes, or 4 with the channels");
  has("'DIR/x.npz': labels of shape (2, 1, 1); expected one axis");
  described.folder().write("x.npz", "PK");
  has("'DIR/x.npz': not a zip file that can be read: it has no end record");
}

TEST(OpenDataSet, ArraysOfTwoNpyFiles) {
  const Described described("source: {npy: {images: x.npy, labels: y.npy}}\n");
  described.folder().write("x.npy", npy("<f4", "(1, 1, 2)", elements_of(Floats{-1, 3})));
  EXPECT_NE(described.complaint().find("there is no file 'DIR/y.npy'"), std::string::npos);
  described.folder().write("y.npy", npy("<i8", "(1, 1)", elements_of(std::vector<std::int64_t>{7})));
  EXPECT_EQ(sample(*described.open(), 0), (Floats{-1, 3}));
  EXPECT_EQ(described.open()->label(0), 7);
  EXPECT_EQ(described.open()->classes(), std::nullopt);
}

TEST(OpenDataSet, NamesAreSuggested) {
  EXPECT_EQ(complaints([] { open_data_set("fashion-mnits"); }),
            "error: no data set and no file has the name 'fashion-mnits'\n"
            "  = did you mean 'fashion-mnist'?\n"
            "  = data sets: fashion-mnist\n"
            "  = or give the path of a description, docs/accuracy.md\n");
  EXPECT_THROW(open_data_set("no/such/file.yaml"), IoError);
}

TEST(OpenDataSet, TheBuiltInOnesAreDescribed) {
  EXPECT_EQ(data_set_names(), std::vector<std::string>{"fashion-mnist"});
  EXPECT_EQ(find_data_set("fashion-mnist")->path, "data:fashion-mnist");
  EXPECT_EQ(find_data_set("fashion"), nullptr);
  std::string text = find_data_set("fashion-mnist")->text;
  for (std::size_t at = text.find("/usr/share"); at != std::string::npos; at = text.find("/usr/share")) {
    text.replace(at, 10, "/nowhere");
  }
  const std::string complaint = complaints([&] { open_data_set(testing_text::source_of(text, "data:fashion-mnist")); });
  EXPECT_NE(complaint.find("the Debian package dataset-fashion-mnist brings it: apt install dataset-fashion-mnist"),
            std::string::npos)
      << complaint;
}

}  // namespace
}  // namespace ohmloop
