#include <array>

#include <omp.h>

#include "ohmloop/inference/compile/plan.hpp"

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

SingleThread::SingleThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }

SingleThread::~SingleThread() { omp_set_num_threads(before_); }

}  // namespace ohmloop
