"""The retriever as LangChain knows it, for this house's own chain and for other programs."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.retrieval.retriever import Retriever
from ingest.archive.records import Scope


class ReportRetriever(BaseRetriever):
    """LangChain retriever over an archive.

    `page_content` is the cleaned passage; `metadata` holds passage_id, report, org, year, kind, part, period, section,
    source_file, start, end, page and score. Years, reports and parts are restricted through `scope`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    scope: Scope = Scope()
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        archive = self.retriever.archive
        documents = []
        for scored in self.retriever.retrieve(query, self.scope, self.k):
            passage = scored.passage
            report = archive.report(passage.report_id)
            start, end = passage.text.span()
            documents.append(
                Document(
                    id=str(passage.id),
                    page_content=passage.text.text,
                    metadata={
                        "passage_id": passage.id,
                        "report": report.title,
                        "org": report.org,
                        "year": report.year,
                        "kind": report.kind,
                        "part": passage.part,
                        "period": None if passage.period is None else str(passage.period),
                        "section": list(passage.path),
                        "source_file": report.sources[0],
                        "start": start,
                        "end": end,
                        "page": passage.page,
                        "score": scored.score,
                    },
                )
            )
        return documents
