#include "ohmloop/inference/tensor.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

TEST(TensorData, starts_as_zeros_on_an_address_that_vectors_like) {
  for (const Dims& dims : {Dims{}, Dims{0}, Dims{3, 5}, Dims{1, 64}}) {
    const TensorData tensor(ElementType::int64, dims);
    EXPECT_EQ(static_cast<std::int64_t>(tensor.size()), element_count(dims));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.bytes()) % 64, 0U);
    for (const std::int64_t value : tensor.values<std::int64_t>()) EXPECT_EQ(value, 0);
  }
}

TEST(TensorData, shares_its_elements_with_copies_and_under_other_sizes) {
  const std::vector<float> values = {1, 2, 3, 4, 5, 6};
  const TensorData tensor = TensorData::of<float>({2, 3}, values);
  const TensorData copy = tensor;
  const TensorData other = tensor.reshaped({3, 1, 2});
  EXPECT_EQ(copy.bytes(), tensor.bytes());
  EXPECT_EQ(other.bytes(), tensor.bytes());
  EXPECT_EQ(other.dims(), (Dims{3, 1, 2}));
  EXPECT_EQ(tensor.dims(), (Dims{2, 3}));
  EXPECT_EQ(other.values<float>()[5], 6);
  EXPECT_EQ(tensor.size_bytes(), 24U);
}

TEST(TensorData, holds_texts) {
  const TensorData texts = TensorData::of_strings({2}, {"a", "b"});
  EXPECT_EQ(texts.type(), ElementType::string);
  EXPECT_EQ(texts.strings()[1], "b");
  EXPECT_EQ(texts.reshaped({1, 2}).strings()[0], "a");
}

TEST(TensorData, holds_what_its_users_may_rely_on) {
  const std::vector<float> values = {1, 2};
  EXPECT_THROW(TensorData::of<float>({3}, values), InternalError);
  EXPECT_THROW(static_cast<void>(TensorData::of<float>({2}, values).values<double>()), InternalError);
  EXPECT_THROW(static_cast<void>(TensorData::of<float>({2}, values).reshaped({3})), InternalError);
  EXPECT_THROW(TensorData(ElementType::float32, {-1}), InternalError);
  EXPECT_THROW(TensorData(ElementType::float32, {INT64_MAX, 2}), OverflowError);
  EXPECT_THROW(TensorData(ElementType::float64, {INT64_MAX / 4}), OverflowError);
}

}  // namespace
}  // namespace ohmloop
