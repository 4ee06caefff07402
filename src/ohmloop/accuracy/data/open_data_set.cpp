#include "ohmloop/accuracy/data/open_data_set.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/kept_images.hpp"
#include "ohmloop/accuracy/data/preprocessing.hpp"
#include "ohmloop/accuracy/data/read_data_description.hpp"
#include "ohmloop/accuracy/data/sources/open_images.hpp"
#include "ohmloop/accuracy/data/sources/text_lines.hpp"
#include "ohmloop/base/check.hpp"
#include "ohmloop/base/embedded_file.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace data_sets {
std::span<const EmbeddedFile> description_files();
}  // namespace data_sets

namespace {

constexpr std::string_view folder = "data/";
constexpr std::string_view ending = ".yaml";

std::string_view data_set_name(const EmbeddedFile& file) {
  return file.name.substr(folder.size(), file.name.size() - folder.size() - ending.size());
}

/// Images of a source, preprocessed.
class DescribedDataSet final : public DataSet {
 public:
  DescribedDataSet(const DataDescription& description, LabelledImages images, Preprocessing preprocessing,
                   std::optional<std::int64_t> classes, std::size_t keep_bytes)
      : name_(description.name),
        steps_(to_string(description.preprocessing) + ", " + to_string(description.layout)),
        images_(std::move(images)),
        preprocessing_(std::move(preprocessing)),
        classes_(classes),
        kept_(capacity(keep_bytes)) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::size_t size() const override { return images_.labels.size(); }
  [[nodiscard]] std::optional<std::int64_t> classes() const override { return classes_; }
  [[nodiscard]] std::int64_t label(std::size_t index) const override { return images_.labels.at(index); }
  [[nodiscard]] std::string image_name(std::size_t index) const override { return images_.images->image_name(index); }
  [[nodiscard]] const std::vector<std::int64_t>& sample_dims() const override { return preprocessing_.sample_dims(); }
  [[nodiscard]] std::size_t sample_size() const override { return preprocessing_.sample_size(); }
  [[nodiscard]] std::string decoder() const override { return images_.images->decoder(); }
  [[nodiscard]] std::string preprocessing() const override { return steps_; }

  void load(std::size_t index, std::span<float> sample) const override {
    OHM_CHECK(index < size(), "an image of the data set");
    if (const Image* kept = kept_.find(index)) {
      preprocessing_.write_sample(*kept, sample);
      return;
    }
    try {
      Image image = preprocessing_.arranged(images_.images->image(index));
      preprocessing_.write_sample(image, sample);
      kept_.keep(index, std::move(image));
    } catch (const DataFormatError& error) {
      throw ImageError(index, image_name(index), error.what());
    }
  }

 private:
  /// Images that fit; none where an image comes without work from a file that holds them all.
  [[nodiscard]] std::size_t capacity(std::size_t keep_bytes) const {
    if (preprocessing_.keeps_images()) return 0;
    return std::min(size(), keep_bytes / preprocessing_.arranged_bytes());
  }

  std::string name_;
  std::string steps_;
  LabelledImages images_;
  Preprocessing preprocessing_;
  std::optional<std::int64_t> classes_;
  KeptImages kept_;
};

void apply_limit(LabelledImages& images, const DataDescription& description, const DataSetOptions& options,
                 Diagnostics& diagnostics) {
  if (description.limit && *description.limit > images.labels.size()) {
    diagnostics.error(fmt::format("'limit' is {}, but there are {} images", *description.limit, images.labels.size()),
                      description.limit_where);
  }
  const std::size_t most =
      std::min(description.limit.value_or(images.labels.size()), options.most_images.value_or(images.labels.size()));
  if (most < images.labels.size()) images.labels.resize(most);
}

/// Adds the offset; afterwards every label is at least 0 and below the number of classes.
void finish_labels(LabelledImages& images, std::optional<std::int64_t> classes, const DataDescription& description,
                   Diagnostics& diagnostics) {
  ErrorsOfAKind errors(diagnostics);
  for (std::size_t i = 0; i < images.labels.size(); ++i) {
    std::int64_t& label = images.labels[i];
    const std::int64_t written = label;
    const bool overflows = __builtin_add_overflow(written, description.label_offset, &label);
    if (!overflows && label >= 0 && (!classes || label < *classes)) continue;
    if (!errors.tells_next()) {
      errors.add_untold();
      continue;
    }
    const std::string expected = classes ? fmt::format("expected 0 to {}", *classes - 1) : "expected at least 0";
    const std::string after = description.label_offset == 0
                                  ? std::string()
                                  : fmt::format(", with the offset of {}", description.label_offset);
    errors.add(fmt::format("label {} of image '{}' is no class{}", written, images.images->image_name(i), after),
               images.label_place ? images.label_place(i) : description.files_where, expected);
  }
  errors.finish("labels that are no class");
}

std::optional<std::int64_t> known_classes(const LabelledImages& images, const DataDescription& description) {
  return description.classes ? description.classes : images.classes;
}

bool is_bare_name(const std::string& text) { return text.find_first_of("/\\.") == std::string::npos; }

}  // namespace

std::vector<std::string> data_set_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : data_sets::description_files()) names.emplace_back(data_set_name(file));
  std::sort(names.begin(), names.end());
  return names;
}

SourceFilePtr find_data_set(std::string_view name) {
  for (const EmbeddedFile& file : data_sets::description_files()) {
    if (data_set_name(file) != name) continue;
    return std::make_shared<const SourceFile>(SourceFile{fmt::format("data:{}", name), std::string(file.text)});
  }
  return nullptr;
}

std::shared_ptr<const DataSet> open_data_set(const SourceFilePtr& source, const DataSetOptions& options) {
  OHM_CHECK(options.most_images.value_or(1) > 0, "at least one image is wanted");
  const DataDescription description = read_data_description(source);
  Diagnostics diagnostics;
  OpenContext context{description.package, description.limit, options, diagnostics};
  std::optional<LabelledImages> images =
      std::visit([&](const auto& files) { return open_images(files, context); }, description.files);
  diagnostics.throw_if_errors();
  OHM_CHECK(images && images->labels.size() == images->images->size(), "labelled images, or an error");
  if (images->labels.empty()) {
    diagnostics.error(fmt::format("data set '{}' has no images", description.name), description.files_where);
    diagnostics.throw_if_errors();
  }
  const std::optional<std::int64_t> classes = known_classes(*images, description);
  apply_limit(*images, description, options, diagnostics);
  finish_labels(*images, classes, description, diagnostics);
  images->label_place = nullptr;  // It holds on to whole tables.
  auto preprocessing = Preprocessing::compile(description.preprocessing, images->images->format(), description.layout,
                                              description.files_where, diagnostics);
  diagnostics.throw_if_errors();
  return std::make_shared<DescribedDataSet>(description, std::move(*images), std::move(*preprocessing), classes,
                                            options.keep_bytes);
}

std::shared_ptr<const DataSet> open_data_set(const std::string& name_or_path, const DataSetOptions& options) {
  if (const SourceFilePtr known = find_data_set(name_or_path)) return open_data_set(known, options);
  std::error_code ignored;
  if (is_bare_name(name_or_path) && !std::filesystem::exists(name_or_path, ignored)) {
    const std::vector<std::string> names = data_set_names();
    Diagnostics diagnostics;
    diagnostics.error(fmt::format("no data set and no file has the name '{}'", name_or_path), {},
                      did_you_mean(name_or_path, names),
                      {"data sets: " + list_names(names), "or give the path of a description, docs/accuracy.md"});
    throw InputError(diagnostics.all());
  }
  return open_data_set(read_source_file(name_or_path), options);
}

}  // namespace ohmloop
