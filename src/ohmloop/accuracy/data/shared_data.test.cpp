// The data sets beside the checkout and the one that a Debian package brings; these tests skip where they are absent.
#include <algorithm>

#include <gtest/gtest.h>

#include "ohmloop/accuracy/data/described_testing.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using namespace data_testing;
using Counts = std::vector<int>;

const std::string shared = OHMLOOP_SOURCE_DIR "/../shared/data/";

/// Relative paths of the description are those of the shared data.
std::shared_ptr<const DataSet> open_shared(const std::string& description, const DataSetOptions& options = {}) {
  return open_data_set(testing_text::source_of("ohmloop-data: 1\n" + description, shared + "test.yaml"), options);
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

Counts images_per_class(const DataSet& data, std::size_t images) {
  Counts counts(static_cast<std::size_t>(data.classes().value()));
  for (std::size_t i = 0; i < images; ++i) ++counts[static_cast<std::size_t>(data.label(i))];
  return counts;
}

/// Hash of the first samples, whose elements must be whole numbers of a byte, in the order of the layout.
std::string hash_of_bytes(const DataSet& data, std::size_t images) {
  Bytes bytes;
  for (std::size_t i = 0; i < images; ++i) {
    for (const float value : sample(data, i)) {
      bytes.push_back(static_cast<std::uint8_t>(value));
      EXPECT_EQ(static_cast<float>(bytes.back()), value);
    }
  }
  return hash_of(bytes);
}

const std::string nips = "source: {table: {file: images/nips2017.tsv, folder: images}}\nclasses: 1000\nlayout: nhwc\n";

// Pillow 12.0.0, over the first 40 images, i of them numpy arrays:
//   sha256(b"".join(numpy.asarray(i).tobytes()))
// as they are, and after resize((256, 256), Image.BILINEAR).crop((16, 16, 240, 240)).resize((128, 128),
// Image.BILINEAR).
TEST(SharedImages, AreDecodedAndResizedAsByPillow) {
  if (!is_there(shared + "images/nips2017.tsv")) GTEST_SKIP() << "no " << shared << "images";
  const auto whole = open_shared(nips + "preprocessing: [{crop: 299}]\n", {.most_images = 40});
  EXPECT_EQ(hash_of_bytes(*whole, 40), "ff45b5f7caedd484dadb6e95be407e93a7a51db07c22f57127ae39607b8b5882");
  const auto resized = open_shared(
      nips + "preprocessing: [resize: {width: 256, height: 256}, crop: 224, resize: {width: 128, height: 128}]\n",
      {.most_images = 40});
  EXPECT_EQ(hash_of_bytes(*resized, 40), "4be3a4e9ed61d70e4ecb0401d98bb326f3bbd856722223bf8b5ff67be77f37a6");
}

TEST(SharedImages, HaveTheLabelsOfTheTable) {
  if (!is_there(shared + "images/nips2017.tsv")) GTEST_SKIP() << "no " << shared << "images";
  const auto data = open_shared(nips + "preprocessing: [{crop: 224}]\n");
  EXPECT_EQ(data->size(), 1000U);
  EXPECT_EQ(data->label(0), 388);
  EXPECT_EQ(data->image_name(0), "nips2017/000b7d55b6184b08.jpg");
  const Counts counts = images_per_class(*data, 1000);
  EXPECT_EQ(1000 - std::count(counts.begin(), counts.end(), 0), 430);
}

// numpy.fromfile(..., "uint8").reshape(-1, 3073)[:, 1:], whose bytes are planes already.
TEST(SharedCifar, IsReadAsItLies) {
  if (!is_there(shared + "cifar10/test_batch.bin")) GTEST_SKIP() << "no " << shared << "cifar10";
  const auto data = open_shared("source: {cifar10: {files: cifar10/test_batch.bin}}\n");
  EXPECT_EQ(data->size(), 10'000U);
  EXPECT_EQ(images_per_class(*data, 10'000), Counts(10, 1000));
  EXPECT_EQ(images_per_class(*data, 250), Counts(10, 25));
  EXPECT_EQ(hash_of_bytes(*data, 100), "3512530dab1f2085ac5937227358ffe76c97685f4b4d83773af88546cabdb32e");
}

// Counts of Y. LeCun's page of MNIST.
TEST(SharedMnist, IsReadFromCompressedFiles) {
  if (!is_there(shared + "mnist/t10k-images-idx3-ubyte.gz")) GTEST_SKIP() << "no " << shared << "mnist";
  const auto data = open_shared(
      "source: {idx: {images: mnist/t10k-images-idx3-ubyte.gz, labels: mnist/t10k-labels-idx1-ubyte.gz}}\nclasses: "
      "10\n");
  EXPECT_EQ(data->sample_dims(), (std::vector<std::int64_t>{1, 28, 28}));
  EXPECT_EQ(images_per_class(*data, 10'000), (Counts{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}));
  EXPECT_EQ(hash_of_bytes(*data, 100), "8a004a2f81a80f4866259cbb77cf37af89315036b298b250b4d45c24aaa92048");
}

TEST(FashionMnist, IsBuiltIn) {
  if (!is_there("/usr/share/datasets/fashion-mnist")) GTEST_SKIP() << "package dataset-fashion-mnist is not installed";
  const auto data = open_data_set("fashion-mnist");
  EXPECT_EQ(data->name(), "fashion-mnist");
  EXPECT_EQ(images_per_class(*data, 10'000), Counts(10, 1000));
  const std::vector<float> first = sample(*data, 0);
  EXPECT_EQ(*std::max_element(first.begin(), first.end()), 1.0F);
  EXPECT_EQ(data->label(0), 9);
}

}  // namespace
}  // namespace ohmloop
