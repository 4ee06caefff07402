#include <gtest/gtest.h>

#include "ohmloop/accuracy/data/described_testing.hpp"
#include "ohmloop/accuracy/data/images/image_testing.hpp"

namespace ohmloop {
namespace {

using namespace data_testing;
using Floats = std::vector<float>;

void write_image(const DataFolder& folder, const std::string& name, std::uint8_t value) {
  folder.write(name, png({{value, value, value}}, 1));
}

std::vector<std::string> names_and_labels(const DataSet& data) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < data.size(); ++i)
    result.push_back(fmt::format("{} {}", data.image_name(i), data.label(i)));
  return result;
}

void has(const std::string& text, const std::string& part) { EXPECT_NE(text.find(part), std::string::npos) << text; }

using Lines = std::vector<std::string>;

// One sub-folder for each class

const std::string folders = "source: {folders: {folder: val}}\npreprocessing: [{crop: 1}]\n";
const std::string ordered = "source: {folders: {folder: val, order: words.txt}}\npreprocessing: [{crop: 1}]\n";

void write_folders(const DataFolder& folder) {
  write_image(folder, "val/n02/b.PNG", 1);
  write_image(folder, "val/n02/a.png", 2);
  write_image(folder, "val/n01/z.JPEG", 3);
  write_image(folder, "val/n03/.hidden", 4);
  folder.write("val/.DS_Store", "x");
}

TEST(FolderPerClass, ClassesAreNumberedByName) {
  const Described described(folders);
  write_folders(described.folder());
  const auto data = described.open();
  EXPECT_EQ(names_and_labels(*data), (Lines{"n01/z.JPEG 0", "n02/a.png 1", "n02/b.PNG 1"}));
  EXPECT_EQ(data->classes(), 3);
  EXPECT_EQ(sample(*data, 1), Floats(3, 2));
}

TEST(FolderPerClass, AFileMayGiveTheOrder) {
  const Described described(ordered);
  write_folders(described.folder());
  described.folder().write("words.txt", "n03 tench, Tinca tinca\r\nn02\n\nn01 goldfish\nn04\n");
  const auto data = described.open();
  EXPECT_EQ(names_and_labels(*data), (Lines{"n02/a.png 1", "n02/b.PNG 1", "n01/z.JPEG 2"}));
  EXPECT_EQ(data->classes(), 4);
}

TEST(FolderPerClass, SaysWhatIsWrong) {
  const Described described(ordered);
  write_folders(described.folder());
  has(described.complaint(), "there is no file 'DIR/words.txt'");
  described.folder().write("words.txt", "n01\nn02\nn01\n");
  has(described.complaint(), "class 'n01' stands twice\n --> DIR/words.txt:3:1");
  described.folder().write("words.txt", "n01\nn02\nn33\n");
  has(described.complaint(), "folder 'n03' is none of the classes in 'DIR/words.txt'");
  has(described.complaint(), "did you mean 'n01'?");
  described.folder().write("words.txt", "n01\nn02\nn03\n");
  described.folder().write("val/n01/notes.txt", "x");
  has(described.complaint(), "'DIR/val/n01/notes.txt' is in a folder where JPEG and PNG files are expected");
  described.folder().write("val/list.txt", "x");
  has(described.complaint(), "'DIR/val/list.txt' is in a folder where folders with the images of a class are expected");
  has(Described(folders).complaint(), "there is no folder 'DIR/val'");
}

// ImageNet's validation images

const std::string flat = "source: {imagenet: {folder: val, labels: labels.txt}}\npreprocessing: [{crop: 1}]\n";
const std::string with_ids =
    "source: {imagenet: {folder: val, labels: labels.txt, ids: ids.txt, order: order.txt}}\n"
    "preprocessing: [{crop: 1}]\n";

void write_flat(const DataFolder& folder) {
  for (const char* name :
       {"val/ILSVRC2012_val_00000002.JPEG", "val/ILSVRC2012_val_00000001.JPEG", "val/ILSVRC2012_val_00000010.JPEG"}) {
    write_image(folder, name, 5);
  }
}

Lines labelled(const std::vector<int>& labels) {
  return {fmt::format("ILSVRC2012_val_00000001.JPEG {}", labels[0]),
          fmt::format("ILSVRC2012_val_00000002.JPEG {}", labels[1]),
          fmt::format("ILSVRC2012_val_00000010.JPEG {}", labels[2])};
}

TEST(ImageNetFolder, NumbersInTheOrderOfTheNames) {
  const Described described(flat);
  write_flat(described.folder());
  described.folder().write("labels.txt", "999\n0\n65\n");
  const auto data = described.open();
  EXPECT_EQ(names_and_labels(*data), labelled({999, 0, 65}));
  EXPECT_EQ(data->classes(), 1000);
}

TEST(ImageNetFolder, NumbersBehindTheNames) {
  const Described described(flat);
  write_flat(described.folder());
  described.folder().write("labels.txt",
                           "ILSVRC2012_val_00000010.JPEG 65\nILSVRC2012_val_00000001.JPEG 970\n"
                           "ILSVRC2012_val_00000002.JPEG 230\n");
  EXPECT_EQ(names_and_labels(*described.open()), labelled({970, 230, 65}));
}

TEST(ImageNetFolder, IdsAreNoClassesButStandForWnids) {
  const Described described(with_ids);
  write_flat(described.folder());
  described.folder().write("order.txt", "n00000010 first\nn00000020 second\nn00000030 third\n");
  described.folder().write("ids.txt", "n00000030\nn00000010\nn00000020\n");
  described.folder().write("labels.txt", "1\n2\n3\n");
  EXPECT_EQ(names_and_labels(*described.open()), labelled({2, 0, 1}));
  EXPECT_EQ(described.open()->classes(), 3);
  described.folder().write("ids.txt", "n00000010 2 bird\nn00000030 1 fish\nn00000020 3 dog\n");
  EXPECT_EQ(names_and_labels(*described.open()), labelled({2, 0, 1}));
}

TEST(ImageNetFolder, AThousandWnidsTellTheirOrder) {
  const Described described(
      "source: {imagenet: {folder: val, labels: labels.txt, ids: ids.txt}}\n"
      "preprocessing: [{crop: 1}]\n");
  write_flat(described.folder());
  std::string ids;
  for (int i = 0; i < 1000; ++i) ids += fmt::format("n{:08}\n", 5000 - i);
  described.folder().write("ids.txt", ids);
  described.folder().write("labels.txt", "1\n1000\n2\n");
  EXPECT_EQ(names_and_labels(*described.open()), labelled({999, 0, 998}));
}

TEST(ImageNetFolder, FewerWnidsDoNot) {
  const Described described(flat);
  write_flat(described.folder());
  described.folder().write("labels.txt", "n00000010\nn00000020\nn00000010\n");
  has(described.complaint(), "2 different wnids do not tell the numbers of 1000 classes");
  has(described.complaint(), "expected 'order', a file with all wnids in the order of the classes");
}

TEST(ImageNetFolder, AnIdOfAThousandIsNoClass) {
  const Described described(flat);
  write_flat(described.folder());
  described.folder().write("labels.txt", "1000\n1\n2\n");
  has(described.complaint(), "label 1000 of image 'ILSVRC2012_val_00000001.JPEG' is no class\n --> DIR/labels.txt:1:1");
  has(described.complaint(), "expected 0 to 999");
}

TEST(ImageNetFolder, SaysWhatIsWrong) {
  const Described described(with_ids);
  const DataFolder& folder = described.folder();
  write_flat(folder);
  folder.write("order.txt", "n00000010\nn00000020\n");
  folder.write("ids.txt", "n00000010\nn00000020\n");
  folder.write("labels.txt", "1\n2\n");
  has(described.complaint(), "'DIR/labels.txt' has 2 labels, but there are 3 images in 'DIR/val'");
  folder.write("labels.txt", "1\n3\n2\n");
  has(described.complaint(), "no wnid is known for number 3\n --> DIR/labels.txt:2:1");
  has(described.complaint(), "known are 1 to 2");
  folder.write("labels.txt", "1\nn00000010\n2\n");
  has(described.complaint(), "this line has another form than the first\n --> DIR/labels.txt:2:1");
  folder.write("labels.txt", "1\nsome words here\n2\n");
  has(described.complaint(), "expected a label, or an image and its label");
  folder.write("labels.txt", "n00000010\nn00000021\nn00000020\n");
  has(described.complaint(), "'n00000021' is none of the classes in 'order'");
  folder.write("labels.txt", "1\n2\n1\n");
  folder.write("ids.txt", "n00000010 3\nn00000020 1\n");
  has(described.complaint(), "no line is for number 2");
  folder.write("ids.txt", "n00000010 1\nn00000020 1\n");
  has(described.complaint(), "number 1 stands twice\n --> DIR/ids.txt:2:1");
  folder.write("ids.txt", "n0001 1\n");
  has(described.complaint(), "expected a wnid, or a wnid and its number from 1 on");
}

TEST(ImageNetFolder, NamesBelongToImages) {
  const Described described(flat);
  write_flat(described.folder());
  described.folder().write("labels.txt",
                           "ILSVRC2012_val_00000001.JPEG 6\nILSVRC2012_val_00000003.JPEG 9\n"
                           "ILSVRC2012_val_00000001.JPEG 2\n");
  has(described.complaint(), "there is no image 'ILSVRC2012_val_00000003.JPEG' in 'DIR/val'");
  has(described.complaint(), "image 'ILSVRC2012_val_00000001.JPEG' has two labels");
  has(described.complaint(), "image 'ILSVRC2012_val_00000010.JPEG' has no label");
}

}  // namespace
}  // namespace ohmloop
