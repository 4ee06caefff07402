// Any bytes yield images and labels, a DataFormatError or an InputError; anything else is a bug. The first byte selects
// the reader.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/accuracy/data/bytes/zip_archive.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/images/decode_image.hpp"
#include "ohmloop/accuracy/data/preprocessing.hpp"
#include "ohmloop/accuracy/data/read_data_description.hpp"
#include "ohmloop/accuracy/data/sources/cifar_records.hpp"
#include "ohmloop/accuracy/data/sources/idx_files.hpp"
#include "ohmloop/accuracy/data/sources/image_table.hpp"
#include "ohmloop/accuracy/data/sources/imagenet_labels.hpp"
#include "ohmloop/accuracy/data/sources/labelled_arrays.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/utf8.hpp"

namespace {

using namespace ohmloop;
using Input = std::span<const std::uint8_t>;

constexpr std::size_t held_bytes = std::size_t{16} << 20;

ByteSource source_of(Input input) { return ByteSource::of_bytes({input.begin(), input.end()}, "fuzz"); }

void load_all(const ImageSource& images) {
  for (std::size_t i = 0; i < images.size() && i < 4; ++i) {
    static_cast<void>(images.image_name(i));
    static_cast<void>(images.image(i));
  }
}

/// JPEG and PNG: at the start of the bytes the signature tells them apart.
void feed_image(Input input) { static_cast<void>(decode_image(input, {.max_pixels = std::size_t{1} << 20})); }

/// The same bytes as images and as labels.
void feed_idx(Input input) {
  const IdxArray array = read_idx(source_of(input), held_bytes);
  if (array.shape.size() == 1) return;
  IdxArray labels = array;
  labels.shape = {array.shape.front()};
  if (array.shape.front() <= array.elements.size()) labels.elements = array.elements.slice(0, array.shape.front());
  load_all(*combine_idx(array, labels, "fuzz").images);
}

void feed_cifar(Input input) {
  for (const CifarLabels labels : {CifarLabels::cifar10, CifarLabels::cifar100_fine}) {
    try {
      load_all(*read_cifar_records({source_of(input)}, labels).images);
    } catch (const DataFormatError&) {
      continue;
    }
  }
}

void feed_array(const ByteSource& npy) {
  for (const SampleLayout layout : {SampleLayout::nchw, SampleLayout::nhwc}) {
    try {
      load_all(*read_image_array(npy, layout, "fuzz"));
    } catch (const DataFormatError&) {
      static_cast<void>(read_label_array(npy));
    }
  }
}

void feed_npy(Input input) { feed_array(source_of(input)); }

void feed_npz(Input input) {
  const ZipArchive archive(source_of(input));
  for (const ZipMember& member : archive.members()) {
    try {
      feed_array(archive.open(member, held_bytes));
    } catch (const DataFormatError&) {
      continue;
    }
  }
}

SourceFilePtr text_of(Input input) {
  auto file = std::make_shared<SourceFile>(SourceFile{"fuzz.yaml", {input.begin(), input.end()}});
  return file->text.empty() || first_non_text_byte(file->text) ? nullptr : file;
}

void feed_description(Input input) {
  const SourceFilePtr text = text_of(input);
  if (!text) return;
  const DataDescription description = read_data_description(text);
  static_cast<void>(to_string(description.preprocessing));
  for (const std::size_t channels : {1U, 3U, 5U}) {
    Diagnostics diagnostics;
    const ImageFormat format{.width = 28, .height = 40, .channels = channels};
    static_cast<void>(Preprocessing::compile(description.preprocessing, format, description.layout,
                                             description.files_where, diagnostics));
  }
}

void feed_lists(Input input) {
  const SourceFilePtr text = text_of(input);
  if (!text) return;
  Diagnostics diagnostics;
  static_cast<void>(read_image_table(text, "file", "class", diagnostics));
  static_cast<void>(read_imagenet_labels(text, diagnostics));
  static_cast<void>(read_imagenet_ids(text, diagnostics));
  static_cast<void>(render(diagnostics.all()));
}

constexpr std::array<void (*)(Input), 7> readers = {feed_image, feed_idx,         feed_cifar, feed_npy,
                                                    feed_npz,   feed_description, feed_lists};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    readers[data[0] % readers.size()](Input(data + 1, size - 1));
  } catch (const DataFormatError&) {
    return 0;
  } catch (const InputError&) {
    return 0;
  }
  return 0;
}
