"""The pipeline that LangChain's own tutorials build, as a child process: FOLDER STORE MODEL as arguments.

Read text → RecursiveCharacterTextSplitter(500, overlap 50) → HuggingFaceEmbeddings → Chroma, otherwise with their
defaults. Prints one JSON object: seconds {"imports", "searchable", "complete"} and {"characters", "pieces"}; nothing
can be searched before everything is embedded.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL | re.IGNORECASE)


def main(folder: Path, store: Path, model: str) -> dict[str, float]:
    """Run the pipeline over all files of `folder`; seconds from the start of the imports and of the work."""
    started = time.perf_counter()
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    _import_quietly()
    imported = time.perf_counter()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    documents = [Document(page_content=text, metadata={"source": path.name}) for path in files if (text := read(path))]
    pieces = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50).split_documents(documents)
    Chroma.from_documents(pieces, HuggingFaceEmbeddings(model_name=model), persist_directory=str(store))
    done = time.perf_counter() - imported
    return {
        "imports": imported - started,
        "searchable": done,
        "complete": done,
        "characters": sum(len(document.page_content) for document in documents),
        "pieces": len(pieces),
    }


def _import_quietly() -> None:
    """The libraries that the wrappers import late, so that both pipelines' clocks start after their imports."""
    import chromadb
    import sentence_transformers

    del chromadb, sentence_transformers


def read(path: Path) -> str:
    """The text as a tutorial reads it: decoded text, tags stripped, paragraphs of a .docx, pages of a .pdf."""
    suffix = path.suffix.lower()
    if suffix == ".docx":
        import docx

        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    if suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as pdf:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    if suffix not in (".txt", ".md", ".html", ".htm"):
        return ""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    return _TAG.sub("", text) if suffix in (".html", ".htm") else text


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
