#include <array>

#include <omp.h>

#include "ohmloop/inference/compile/compiler.hpp"

namespace ohmloop {

namespace {

dnnl::memory::format_tag plain_tag(std::size_t rank) {
  using Tag = dnnl::memory::format_tag;
  constexpr std::array tags = {Tag::a, Tag::ab, Tag::abc, Tag::abcd, Tag::abcde, Tag::abcdef};
  OHM_CHECK(rank >= 1 && rank <= tags.size(), "rank of a fast step");
  return tags[rank - 1];
}

}  // namespace

dnnl::memory::desc plain_layout(const Dims& dims) {
  return {dims, dnnl::memory::data_type::f32, plain_tag(dims.size())};
}

dnnl::memory::desc any_layout(const Dims& dims) {
  return {dims, dnnl::memory::data_type::f32, dnnl::memory::format_tag::any};
}

std::optional<ActivationLayout> name_of_layout(const dnnl::memory::desc& layout, const Dims& dims) {
  using Tag = dnnl::memory::format_tag;
  if (layout == plain_layout(dims)) return ActivationLayout::plain;
  constexpr std::array<std::array<Tag, 3>, 3> tags = {{{Tag::acb, Tag::aBc8b, Tag::aBc16b},
                                                       {Tag::acdb, Tag::aBcd8b, Tag::aBcd16b},
                                                       {Tag::acdeb, Tag::aBcde8b, Tag::aBcde16b}}};
  constexpr std::array names = {ActivationLayout::channels_last, ActivationLayout::channels_by_8,
                                ActivationLayout::channels_by_16};
  if (dims.size() < 3 || dims.size() > 5) return std::nullopt;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const dnnl::memory::desc known(dims, dnnl::memory::data_type::f32, tags[dims.size() - 3][i]);
    if (layout == known) return names[i];
  }
  return std::nullopt;
}

SingleThread::SingleThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }

SingleThread::~SingleThread() { omp_set_num_threads(before_); }

}  // namespace ohmloop
