#include "codec/pdf_document.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

#include "codec/utf8.h"

namespace codec {
namespace {

using core::ErrorCode;
using core::fail;

// A4 in points (ISO 216: 210 mm by 297 mm).
constexpr double kPageWidth = 595.28;
constexpr double kPageHeight = 841.89;
constexpr double kMargin = 56;
constexpr double kFooterRoom = 34;
constexpr double kTextWidth = kPageWidth - 2 * kMargin;
constexpr double kBottom = kPageHeight - kMargin - kFooterRoom;
/// The package fonts-dejavu-core; it has the Cyrillic of every language of the region.
constexpr std::string_view kFamily = "DejaVu Sans";

struct Style {
  double points;
  bool bold;
  double grey;   ///< 0 = black
  double above;  ///< room before the block
};

Style style_of(PdfLook look) {
  switch (look) {
    case PdfLook::kTitle:
      return {17, true, 0, 0};
    case PdfLook::kHeading:
      return {12.5, true, 0, 16};
    case PdfLook::kSmall:
      return {8.5, false, 0.35, 6};
    case PdfLook::kFact:
    case PdfLook::kText:
    case PdfLook::kLink:
      break;
  }
  return {10, false, 0, 6};
}
constexpr Style kFactName{8.5, false, 0.35, 7};
constexpr Style kFactValue{10, false, 0, 1};
constexpr Style kFooter{8, false, 0.35, 0};

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;
using Context = std::unique_ptr<PangoContext, Unref>;
struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct DestroyCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;
using Cairo = std::unique_ptr<cairo_t, DestroyCairo>;

/// A line of a laid-out text and where it stands.
struct Line {
  PangoLayoutLine* line;
  double baseline;
  double grey;
  const std::string* uri;
};
using Page = std::vector<Line>;

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

/// What would not be drawn as a letter is left out: a text is one person's words to another.
std::string drawable(const std::string& text) {
  std::string clean;
  if (!is_utf8(text)) return clean;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 || c == '\n' || c == '\t') clean += c;
  }
  return clean;
}

bool is_safe_uri(const std::string& uri) {
  return std::all_of(uri.begin(), uri.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != '\'' && c != '"' && c != '\\';
  });
}

class Setter {
 public:
  explicit Setter(PangoContext* context) : context_(context) { pages_.emplace_back(); }

  /// Sets a text below what stands already.
  core::Status add(const std::string& text, const Style& style, const std::string& uri) {
    auto layout = make_layout(text, style, PANGO_ALIGN_LEFT);
    if (y_ > kMargin) y_ += style.above;
    const std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> at(
        pango_layout_get_iter(layout.get()), &pango_layout_iter_free);
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(at.get(), nullptr, &box);
      const double height = points(box.height);
      if (y_ + height > kBottom && !pages_.back().empty()) {
        if (pages_.size() == kPdfPagesMax) return fail(ErrorCode::kInvalidInput, "pdf.too_long");
        pages_.emplace_back();
        y_ = kMargin;
      }
      const double ascent = points(pango_layout_iter_get_baseline(at.get()) - box.y);
      pages_.back().push_back({pango_layout_iter_get_line_readonly(at.get()), y_ + ascent,
                               style.grey, uri.empty() ? nullptr : &uri});
      y_ += height;
    } while (pango_layout_iter_next_line(at.get()) != 0);
    layouts_.push_back(std::move(layout));
    return {};
  }

  [[nodiscard]] const std::vector<Page>& pages() const { return pages_; }

  [[nodiscard]] Layout make_layout(const std::string& text, const Style& style,
                                   PangoAlignment alignment) const {
    Layout layout(pango_layout_new(context_));
    const auto clean = drawable(text);
    pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, std::string(kFamily).c_str());
    pango_font_description_set_absolute_size(font, style.points * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_width(layout.get(), static_cast<int>(kTextWidth * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), alignment);
    return layout;
  }

 private:
  PangoContext* context_;
  double y_ = kMargin;
  std::vector<Page> pages_;
  std::vector<Layout> layouts_;
};

core::Status set_block(Setter& setter, const PdfBlock& block) {
  if (block.look == PdfLook::kFact) {
    TRY_VOID(setter.add(block.name, kFactName, block.uri));
    return setter.add(block.text, kFactValue, block.uri);
  }
  return setter.add(block.text, style_of(block.look), block.uri);
}

void replace(std::string& text, std::string_view mark, std::size_t number) {
  const auto at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), std::to_string(number));
}

void draw_line(cairo_t* cairo, const Line& line) {
  const double grey = line.uri == nullptr ? line.grey : 0;
  cairo_set_source_rgb(cairo, grey, grey, line.uri == nullptr ? grey : 0.6);
  if (line.uri != nullptr) {
    cairo_tag_begin(cairo, CAIRO_TAG_LINK, ("uri='" + *line.uri + "'").c_str());
  }
  cairo_move_to(cairo, kMargin, line.baseline);
  pango_cairo_show_layout_line(cairo, line.line);
  if (line.uri != nullptr) cairo_tag_end(cairo, CAIRO_TAG_LINK);
}

void draw_footer(cairo_t* cairo, const Setter& setter, const std::string& footer,
                 std::size_t page) {
  auto text = footer;
  replace(text, "{page}", page);
  replace(text, "{pages}", setter.pages().size());
  const auto layout = setter.make_layout(text, kFooter, PANGO_ALIGN_CENTER);
  cairo_set_source_rgb(cairo, kFooter.grey, kFooter.grey, kFooter.grey);
  cairo_move_to(cairo, kMargin, kPageHeight - kMargin + 6);
  pango_cairo_show_layout(cairo, layout.get());
}

cairo_status_t write_to(void* closure, const unsigned char* data, unsigned int length) {
  auto& bytes = *static_cast<std::string*>(closure);
  bytes.append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

core::Status check(const PdfContent& content) {
  std::size_t bytes = 0;
  for (const auto& block : content.blocks) {
    bytes += block.text.size() + block.name.size();
    if (!is_safe_uri(block.uri)) return fail(ErrorCode::kInvalidInput, "pdf.link");
  }
  if (bytes > kPdfTextBytesMax) return fail(ErrorCode::kInvalidInput, "pdf.too_long");
  return {};
}

}  // namespace

core::Result<std::string> to_pdf(const PdfContent& content) {
  TRY_VOID(check(content));
  const Context context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  // Printed, not shown: no hinting to a screen's dots.
  pango_cairo_context_set_resolution(context.get(), 72);
  Setter setter(context.get());
  for (const auto& block : content.blocks) {
    TRY_VOID(set_block(setter, block));
  }
  std::string bytes;
  const Surface surface(
      cairo_pdf_surface_create_for_stream(write_to, &bytes, kPageWidth, kPageHeight));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                 drawable(content.title).c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR,
                                 drawable(content.author).c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                 core::to_rfc3339(content.made_at).c_str());
  const Cairo cairo(cairo_create(surface.get()));
  std::size_t number = 0;
  for (const auto& page : setter.pages()) {
    for (const auto& line : page) draw_line(cairo.get(), line);
    draw_footer(cairo.get(), setter, content.footer, ++number);
    cairo_show_page(cairo.get());
  }
  const auto drawn = cairo_status(cairo.get());
  cairo_surface_finish(surface.get());
  const auto written = cairo_surface_status(surface.get());
  if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::kInternal, "pdf.failed",
                cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
  }
  return bytes;
}

}  // namespace codec
