"""PDFs that are no inspection report that the reading knows, and files that are no whole PDF."""

from __future__ import annotations

import io
import zlib

import pypdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.sheets import Sheets

WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>Page not found</title></head><body>404</body></html>\n"


def childrens_home() -> Sheets:
    """A children's home's report, in whose words the other forms are easily mistaken."""
    sheets = Sheets()
    sheets.line("1234567", size=14, bold=True)
    sheets.lines(
        "Full inspection",
        "Inspection of children’s home under the social care common inspection",
        size=14,
        bold=True,
    )
    sheets.lines(
        "Inspection dates: 4 to 5 June 2024",
        "Overall experiences and progress of children and young people, taking into account: Good",
        "How well children and young people are helped and protected: Good",
        "The effectiveness of leaders and managers: Requires improvement to be good",
    )
    sheets.lines("Lead inspector: Robin Fairweather, Social Care Inspector")
    sheets.heading("What does the children’s home need to do to improve?")
    sheets.heading("Recommendations")
    for _ in range(4):
        sheets.item(
            "The registered person should see that staff write down what children say about their home."
        )
    sheets.paragraph(
        "Inspection of local authority children’s services follows another framework than this one does."
    )
    return sheets


def school() -> Sheets:
    """A school's report."""
    sheets = Sheets()
    sheets.line("Inspection of a good school: Thornmere Primary School", size=26)
    sheets.lines(
        "Inspection dates: 4 and 5 June 2024",
        "Outcome",
        "Thornmere Primary School continues to be a good school.",
    )
    sheets.heading("What is it like to attend this school?")
    for _ in range(6):
        sheets.paragraph(
            "Pupils are happy and safe here, and work hard in every lesson that they have in the week."
        )
    sheets.heading("What does the school need to do to improve?")
    sheets.item("Some pupils do not read often enough at home.")
    return sheets


def monitoring_visit() -> Sheets:
    """A monitoring visit's letter, which names the framework and a judgement but gives none."""
    sheets = Sheets()
    sheets.lines("14 March 2020", "Dear Avery Marlowe")
    sheets.heading("Monitoring visit of Thornmere children’s services", size=12)
    sheets.paragraph(
        "This letter summarises the findings of the monitoring visit to Thornmere children’s services on 11 and 12 "
        "February 2020. It was the second since the local authority was judged inadequate at the"
    )
    sheets.line("inspection of local authority children’s services (ILACS) in June 2019.")
    sheets.line("The impact of leaders on social work practice is still weak, and the visits are late.")
    sheets.line("The experiences and progress of children who need help and protection are better.")
    for _ in range(8):
        sheets.paragraph(
            "Workers know the children whom they visit and write down clearly what they have seen and heard."
        )
    sheets.lines("Yours sincerely", "Monica Lindley", "Her Majesty’s Inspector")
    return sheets


def minutes() -> Sheets:
    """A council's paper about its inspection: every grade is in it, and it is nobody's report."""
    sheets = Sheets()
    sheets.line("Report to the Scrutiny Committee", size=16, bold=True)
    sheets.line("Inspection of children’s services: action plan", size=14, bold=True)
    sheets.paragraph(
        "The inspection of local authority children’s services judged overall effectiveness to be good, and children "
        "in need of help and protection to be a matter in which the council requires improvement to be good."
    )
    for _ in range(8):
        sheets.paragraph(
            "The committee is asked to note what officers will do, and by when, and to ask them about it."
        )
    return sheets


def scan(pages: int = 3) -> bytes:
    """Pages that are pictures: no text at all."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        canvas.rect(72, 72, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """A PDF of so many pages, or of none."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(count):
        canvas.drawString(72, 700, f"This is page {number + 1} of a file that is far longer than any report.")
        canvas.showPage()
    canvas.save()
    if count:
        return out.getvalue()
    emptied = io.BytesIO()
    pypdf.PdfWriter().write(emptied)
    return emptied.getvalue()


def encrypted(pdf: bytes, *, user_password: str, owner_password: str = "the owner’s") -> bytes:
    """The PDF encrypted; without a user's password it opens, and only changing it is forbidden."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt(user_password, owner_password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb(megabytes: int, *, text: bool = False) -> bytes:
    """A page whose content is a few kilobytes compressed and so many megabytes once it is not.

    Spaces by default, or a page's text drawn again and again.
    """
    piece = b"BT /F1 12 Tf 72 700 Td (Again and again the same words.) Tj ET\n" if text else b" " * 64
    piece = piece * (1024 * 1024 // len(piece))
    squeezed = zlib.compressobj(9)
    parts = [squeezed.compress(piece) for _ in range(megabytes)]
    content = b"".join([*parts, squeezed.flush()])
    # Squeezed a second time: what is left of a gigabyte is a few kilobytes.
    content = zlib.compress(content, 9)
    return _as_pdf(
        [
            *_CATALOGUE,
            _PAGE % b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
            _stream(b"/Filter [/FlateDecode /FlateDecode]", content),
        ]
    )


def nested(levels: int, times: int = 10) -> bytes:
    """A page that draws a form that draws a form …, each `times` times: little to unpack, and endless to follow."""
    drawn = b"/X Do\n" * times
    forms = [
        _stream(
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources"
            b" << /XObject << /X %d 0 R >> >>" % (level + 6),
            drawn,
        )
        for level in range(levels)
    ]
    last = _stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1"
        b" /BaseFont /Helvetica >> >> >>",
        b"BT /F1 12 Tf 72 700 Td (Again the same words.) Tj ET",
    )
    return _as_pdf([*_CATALOGUE, _PAGE % b"/XObject << /X 5 0 R >>", _stream(b"", drawn), *forms, last])


_CATALOGUE = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>"


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _as_pdf(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
