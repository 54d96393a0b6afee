package org.tongmai.console.server.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.convert.BoundedBody;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The registry of shared documents over HTTP. */
@RestController
@RequestMapping("/api/documents")
public class DocumentController {
    private static final int MOST_EXPORTED = 1_000;
    private static final long MOST_BYTES = 64L << 20;

    private final CdaMappings cda;
    private final DocumentRegistry registry;
    private final DocumentAssembly assembly;

    public DocumentController(CdaMappings cda, DocumentRegistry registry, DocumentAssembly assembly) {
        this.cda = cda;
        this.registry = registry;
        this.assembly = assembly;
    }

    /** One page; {@code next} goes into {@code cursor} of the next request, null on the last. */
    record Page(List<DocumentView> items, String next) {}

    /** A document type and its fields, as the tables say. */
    record TypeView(String code, String part, String title, String titleEnglish, int fields) {}

    @GetMapping
    Page find(@ModelAttribute DocumentFilter filter) {
        SearchPage page = registry.search(filter.query());
        List<DocumentView> items = page.matches().stream()
                .map(stored -> DocumentView.of(stored.resource().content(), List.of()))
                .toList();
        return new Page(items, page.next().orElse(null));
    }

    @GetMapping("/types")
    List<TypeView> types() {
        return cda.tables().types().stream()
                .map(type -> new TypeView(
                        type.code(),
                        type.part(),
                        type.title(),
                        type.titleEnglish(),
                        type.fields().size()))
                .toList();
    }

    /** Makes a document of a patient's data in the store, and registers it. */
    @PostMapping("/{type}")
    ResponseEntity<DocumentView> generate(@PathVariable String type, @RequestBody DocumentOrder order) {
        DocumentType wanted = cda.tables().type(type);
        boolean replaces = order.replaces() != null && !order.replaces().isBlank();
        ObjectNode replaced = replaces ? existing(order.replaces()) : null;
        List<CanonicalResource> data = assembly.collect(wanted, order, replaced);
        return answer(registry.made(cda.generate(wanted.code(), data), data));
    }

    /** Registers a received document; the same again is answered as known. */
    @PostMapping
    ResponseEntity<DocumentView> receive(HttpServletRequest request) throws IOException {
        return answer(registry.receive(BoundedBody.of(request)));
    }

    @GetMapping("/{id}")
    DocumentView one(@PathVariable String id) {
        return DocumentView.of(existing(id), List.of());
    }

    /** The document's bytes as registered. */
    @GetMapping("/{id}/content")
    ResponseEntity<byte[]> content(@PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .header("Content-Disposition", "attachment; filename=\"document.xml\"")
                .body(registry.content(existing(id)));
    }

    /** All documents of a selection as a package: a zip with {@code index.csv}. */
    @GetMapping("/export")
    ResponseEntity<byte[]> export(@ModelAttribute DocumentFilter filter) {
        DocumentPackage exported = new DocumentPackage();
        int count = 0;
        long bytes = 0;
        String cursor = "";
        do {
            SearchPage page = registry.search(filter.at(cursor).query());
            for (StoredResource stored : page.matches()) {
                ObjectNode document = stored.resource().content();
                DocumentView view = DocumentView.of(document, List.of());
                bytes += view.size();
                if (++count > MOST_EXPORTED || bytes > MOST_BYTES) {
                    throw new CodedException(Issue.of(
                            ConsoleError.TOO_MUCH, "", "expected at most " + MOST_EXPORTED + " documents: narrow it"));
                }
                exported.add(view, registry.content(document));
            }
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header("Content-Disposition", "attachment; filename=\"documents.zip\"")
                .body(exported.close());
    }

    private ObjectNode existing(String id) {
        return registry.find(id)
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_DOCUMENT, "id", "")));
    }

    private static ResponseEntity<DocumentView> answer(DocumentRegistry.Registered registered) {
        boolean known = registered.outcome() == DocumentRegistry.Outcome.KNOWN;
        return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED).body(registered.view());
    }
}
