package org.tongmai.console.server.terminology;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Origin;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.TerminologyError;
import org.tongmai.standards.terminology.TerminologyService;
import org.tongmai.standards.terminology.TerminologyService.RowChange;
import org.tongmai.standards.terminology.TerminologyStore.Version;

/** The tables in force and their versions. */
@RestController
@RequestMapping("/api/terminology")
public class TerminologyController {
    private static final int VERSIONS = 200;

    private final TerminologyService service;

    public TerminologyController(TerminologyService service) {
        this.service = service;
    }

    /** What is in force. */
    @GetMapping
    Overview overview() {
        TerminologyService.InForce inForce = service.inForce();
        Terminology terminology = inForce.terminology();
        Set<String> uploaded = service.uploaded(inForce.version());
        List<TableView> tables = new ArrayList<>();
        terminology
                .codeSystems()
                .values()
                .forEach(system -> tables.add(TableView.of(
                        "code-system", system.name(), system.uri(), system.origin(), system.size(), uploaded)));
        terminology
                .valueSets()
                .values()
                .forEach(set -> tables.add(TableView.of(
                        "value-set",
                        set.name(),
                        set.uri(),
                        set.origin(),
                        set.expand(null).size(),
                        uploaded)));
        terminology
                .conceptMaps()
                .values()
                .forEach(map -> tables.add(TableView.of(
                        "concept-map",
                        map.name(),
                        map.policy().sourceSystem(),
                        map.origin(),
                        map.targets().size(),
                        uploaded)));
        return new Overview(inForce.version(), tables);
    }

    /** The content of a table, at a version or in force. */
    @GetMapping(path = "/tables/{folder}/{file}", produces = "text/csv;charset=UTF-8")
    String table(@PathVariable String folder, @PathVariable String file, @RequestParam(required = false) Long version) {
        String path = folder + "/" + file;
        String text = service.table(path, version == null ? service.inForce().version() : version);
        if (text == null) {
            throw new CodedException(Issue.of(TerminologyError.TABLE_MISSING, path, "no table has this name"));
        }
        return text;
    }

    /** Puts one table in the place of the one with its name. */
    @PostMapping(path = "/tables/{folder}/{file}", consumes = "text/csv")
    @ResponseStatus(HttpStatus.CREATED)
    VersionView upload(
            @PathVariable String folder,
            @PathVariable String file,
            @RequestParam(required = false) String reason,
            HttpServletRequest request)
            throws IOException {
        return VersionView.of(service.upload(
                Uploads.csv(folder + "/" + file, request.getInputStream()),
                request.getUserPrincipal().getName(),
                reason));
    }

    /** Puts several tables in force at once; new ones with their rows in sources.csv. */
    @PostMapping(path = "/tables", consumes = "application/zip")
    @ResponseStatus(HttpStatus.CREATED)
    VersionView uploadAll(@RequestParam(required = false) String reason, HttpServletRequest request)
            throws IOException {
        return VersionView.of(service.upload(
                Uploads.zip(request.getInputStream()),
                request.getUserPrincipal().getName(),
                reason));
    }

    @GetMapping("/versions")
    List<VersionView> versions() {
        return service.versions(VERSIONS).stream().map(VersionView::of).toList();
    }

    /** The rows that differ from another version; from the one before where none is named. */
    @GetMapping("/versions/{version}/diff")
    List<RowChange> diff(@PathVariable long version, @RequestParam(required = false) Long from) {
        return service.diff(from == null ? Math.max(0, version - 1) : from, version);
    }

    /** Puts the tables of an earlier version in force again. */
    @PostMapping("/versions/{version}/restore")
    @ResponseStatus(HttpStatus.CREATED)
    VersionView restore(@PathVariable long version, @RequestBody Why why, Authentication who) {
        return VersionView.of(service.restore(version, who.getName(), why.reason()));
    }

    /** Why something is changed. */
    record Why(String reason) {}

    /** All tables in force. */
    record Overview(long version, List<TableView> tables) {}

    /** One table. */
    record TableView(
            String kind,
            String name,
            String uri,
            String title,
            String standard,
            String certainty,
            int size,
            Given given) {

        /** Where a table comes from. */
        enum Given {
            PACKAGED,
            UPLOADED
        }

        static TableView of(String kind, String name, String uri, Origin origin, int size, Set<String> uploaded) {
            boolean own = uploaded.stream().anyMatch(path -> path.endsWith("/" + name + ".csv"));
            return new TableView(
                    kind,
                    name,
                    uri,
                    origin.title(),
                    origin.standard(),
                    origin.certainty().mark(),
                    size,
                    own ? Given.UPLOADED : Given.PACKAGED);
        }
    }

    /** One version. */
    record VersionView(long version, Instant at, String by, String reason, List<String> files, Long restores) {
        static VersionView of(Version version) {
            long restores = version.change().restores();
            return new VersionView(
                    version.number(),
                    version.at(),
                    version.change().by(),
                    version.change().reason(),
                    version.change().files(),
                    restores < 0 ? null : restores);
        }
    }
}
