#include "ohmloop/inference/operators/gather_axes.hpp"

#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {
namespace {

/// Fills `to` with the elements that the sources name, axis by axis.
template <class Element>
class Gathering {
 public:
  Gathering(const TensorData& from, const std::vector<Sources>& sources, Element fill)
      : from_(elements_of<Element>(from)), strides_(strides_of(from.dims())), sources_(sources), fill_(fill) {}

  void fill(Element* to) const {
    if (sources_.empty()) {
      *to = *from_;
      return;
    }
    fill_axis(0, 0, true, to);
  }

 private:
  Element* fill_axis(std::size_t axis, std::int64_t at, bool inside, Element* to) const {
    const bool last = axis + 1 == sources_.size();
    for (const std::int64_t source : sources_[axis]) {
      const bool within = inside && source >= 0;
      const std::int64_t next = within ? at + source * strides_[axis] : 0;
      if (last) {
        *to++ = within ? from_[next] : fill_;
      } else {
        to = fill_axis(axis + 1, next, within, to);
      }
    }
    return to;
  }

  const Element* from_;
  Dims strides_;
  const std::vector<Sources>& sources_;
  Element fill_;
};

}  // namespace

void gather_axes(const TensorData& from, const std::vector<Sources>& sources, const TensorData& value, TensorData& to) {
  if (to.size() == 0) return;
  for_size(from.type(), [&]<class Element>() {
    Gathering<Element>(from, sources, *elements_of<Element>(value)).fill(elements_of<Element>(to));
  });
}

}  // namespace ohmloop
