#include <array>
#include <string>

#include <fmt/format.h>

#include "ohmloop/workload/zoo/attention.hpp"
#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

/// The three networks here are all "base": 12 layers of 12 heads.
constexpr std::int64_t width = 768;
constexpr std::int64_t hidden = 3072;
constexpr std::int64_t heads = 12;
constexpr int layers = 12;

Feature vit_layer(NetworkBuilder& net, const std::string& name, const Feature& x) {
  Feature y = net.layer_norm(name + ".ln_1", x);
  y = net.linear(name + ".self_attention.in_proj", y, {.outputs = 3 * width});
  y = attention(net, name + ".self_attention", split_in_three(net, name + ".self_attention", y), heads);
  y = net.linear(name + ".self_attention.out_proj", y, {.outputs = width});
  const Feature attended = net.add(name + ".add", x, y);
  y = net.layer_norm(name + ".ln_2", attended);
  y = net.linear(name + ".mlp.0", y, {.outputs = hidden});
  y = net.elementwise("Gelu", name + ".mlp.1", y);
  y = net.linear(name + ".mlp.3", y, {.outputs = width});
  return net.add(name + ".add", attended, y);
}

Network vit_base_16(std::int64_t batch) {
  NetworkBuilder net("vit_base_16", {batch, 3, 224, 224});
  Feature x = net.conv("conv_proj", net.input(), {.channels = width, .kernel = 16, .stride = 16, .bias = true});
  const std::int64_t patches = x.dims[2] * x.dims[3];
  x = net.rearrange("Transpose", "tokens", x, {batch, patches, width});
  x = net.prepend_vector("class_token", x);
  x = net.add_table("encoder.pos_embedding", x, (patches + 1) * width);
  for (int layer = 0; layer < layers; ++layer) {
    x = vit_layer(net, fmt::format("encoder.layers.encoder_layer_{}", layer), x);
  }
  x = net.layer_norm("encoder.ln", x);
  x = net.rearrange("Gather", "class_token_output", x, {batch, width});
  net.linear("heads.head", x, {.outputs = 1000});
  return net.take();
}

Feature bert_layer(NetworkBuilder& net, const std::string& name, const Feature& x) {
  const std::string self = name + ".attention.self";
  const Feature query = net.linear(self + ".query", x, {.outputs = width});
  const Feature key = net.linear(self + ".key", x, {.outputs = width});
  const Feature value = net.linear(self + ".value", x, {.outputs = width});
  Feature y = attention(net, self, {query, key, value}, heads);
  y = net.linear(name + ".attention.output.dense", y, {.outputs = width});
  y = net.add(name + ".attention.output.add", x, y);
  const Feature attended = net.layer_norm(name + ".attention.output.LayerNorm", y);
  y = net.linear(name + ".intermediate.dense", attended, {.outputs = hidden});
  y = net.elementwise("Gelu", name + ".intermediate.intermediate_act_fn", y);
  y = net.linear(name + ".output.dense", y, {.outputs = width});
  y = net.add(name + ".output.add", attended, y);
  return net.layer_norm(name + ".output.LayerNorm", y);
}

Network bert_base(const std::string& network_name, std::int64_t batch, std::int64_t length) {
  constexpr std::int64_t vocabulary = 30522, positions = 512, segments = 2;
  NetworkBuilder net(network_name, {batch, length});
  Feature x = net.embedding("embeddings.word_embeddings", net.input(), vocabulary, width);
  x = net.add_table("embeddings.token_type_embeddings", x, segments * width);
  x = net.add_table("embeddings.position_embeddings", x, positions * width);
  x = net.layer_norm("embeddings.LayerNorm", x);
  for (int layer = 0; layer < layers; ++layer) x = bert_layer(net, fmt::format("encoder.layer.{}", layer), x);
  x = net.rearrange("Gather", "pooler.first_token", x, {batch, width});
  x = net.linear("pooler.dense", x, {.outputs = width});
  net.elementwise("Tanh", "pooler.activation", x);
  return net.take();
}

Feature gpt2_layer(NetworkBuilder& net, const std::string& name, const Feature& x) {
  Feature y = net.layer_norm(name + ".ln_1", x);
  y = net.linear(name + ".attn.c_attn", y, {.outputs = 3 * width});
  y = attention(net, name + ".attn", split_in_three(net, name + ".attn", y), heads);
  y = net.linear(name + ".attn.c_proj", y, {.outputs = width});
  const Feature attended = net.add(name + ".add", x, y);
  y = net.layer_norm(name + ".ln_2", attended);
  y = net.linear(name + ".mlp.c_fc", y, {.outputs = hidden});
  y = net.elementwise("Gelu", name + ".mlp.act", y);
  y = net.linear(name + ".mlp.c_proj", y, {.outputs = width});
  return net.add(name + ".add", attended, y);
}

/// All 1024 positions at once, each with its logits. The head multiplies with the word embeddings: its MACs and weights
/// count as a layer's, its parameters are those of `wte`.
Network gpt2(std::int64_t batch) {
  constexpr std::int64_t vocabulary = 50257, length = 1024;
  NetworkBuilder net("gpt2", {batch, length});
  Feature x = net.embedding("transformer.wte", net.input(), vocabulary, width);
  x = net.add_table("transformer.wpe", x, length * width);
  for (int layer = 0; layer < layers; ++layer) x = gpt2_layer(net, fmt::format("transformer.h.{}", layer), x);
  x = net.layer_norm("transformer.ln_f", x);
  net.linear("lm_head", x, {.outputs = vocabulary, .bias = false, .shares_weights = true});
  return net.take();
}

constexpr std::string_view bert_source = "Devlin et al., arXiv:1810.04805; Hugging Face bert-base-uncased with pooler";

constexpr std::array<ZooEntry, 4> entries = {{
    {"vit_base_16", "ViT-B/16, 224x224", "Dosovitskiy et al., arXiv:2010.11929; torchvision vit_b_16", vit_base_16},
    {"bert_base_128", "BERT-base, 128 tokens", bert_source,
     [](std::int64_t batch) { return bert_base("bert_base_128", batch, 128); }},
    {"bert_base_384", "BERT-base, 384 tokens", bert_source,
     [](std::int64_t batch) { return bert_base("bert_base_384", batch, 384); }},
    {"gpt2", "GPT-2 small, 1024 tokens",
     "Radford et al., 2019; Hugging Face gpt2 (the head shares the word embeddings)", gpt2},
}};

}  // namespace

std::span<const ZooEntry> transformer_family() { return entries; }

}  // namespace ohmloop
