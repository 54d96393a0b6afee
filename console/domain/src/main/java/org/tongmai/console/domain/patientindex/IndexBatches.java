package org.tongmai.console.domain.patientindex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.console.domain.patientindex.PatientIndexService.PatientChange;
import org.tongmai.console.domain.patientindex.PatientIndexService.Progress;
import org.tongmai.standards.canonical.CanonicalChanges.Change;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.patientindex.LeftOut;

/**
 * Takes batches of resources into the index. One that can not be taken is left out with its cause, where people see it
 * and can have it tried again, and holds nobody up.
 */
final class IndexBatches {
    private static final Logger LOG = LoggerFactory.getLogger(IndexBatches.class);

    private final CanonicalRepository contents;
    private final PatientIndexService index;
    private final Taking<PatientChange> changed;
    private final Taking<PatientChange> anew;
    private final Taking<CanonicalResource> statements;

    IndexBatches(CanonicalRepository contents, PatientIndexService index) {
        this.contents = contents;
        this.index = index;
        this.changed = new Taking<>(index::index, IndexBatches::name);
        this.anew = new Taking<>(index::indexAgain, IndexBatches::name);
        this.statements = new Taking<>(index::follow, IndexBatches::name);
    }

    /** Patients that are new or changed. */
    void changed(List<Change> changes, Progress progress) {
        take(patients(changes), progress, changed);
    }

    /** Patients whether they changed or not. */
    void anew(List<Change> changes, Progress progress) {
        take(patients(changes), progress, anew);
    }

    /** What senders say of two Patients. */
    void statements(List<Change> changes, Progress progress) {
        List<ResourceVersion> versions = changes.stream().map(Change::version).toList();
        Map<ResourceVersion, CanonicalResource> found = read(versions).found();
        take(versions.stream().map(found::get).filter(Objects::nonNull).toList(), progress, statements);
    }

    /** What was left out, as it is now; at most {@code count}. */
    void leftOut(int count, Progress progress) {
        List<LeftOut> waiting = index.leftOut(count);
        List<PatientChange> patients = new ArrayList<>();
        List<CanonicalResource> linkages = new ArrayList<>();
        for (LeftOut each : waiting) {
            CanonicalResource now;
            try {
                now = contents.read(each.type(), each.id()).orElse(null);
            } catch (RuntimeException e) {
                leaveOut(new ResourceVersion(each.type(), each.id(), each.version()), e);
                continue;
            }
            if (each.type().equals(PatientIndexService.PATIENT)) {
                int version = now == null ? each.version() : versionOf(now);
                patients.add(new PatientChange(each.id(), version, now == null ? null : now.content()));
            } else if (now != null) {
                linkages.add(now);
            }
        }
        take(patients, Progress.NONE, changed);
        take(linkages, progress, statements);
    }

    private <T> void take(List<T> batch, Progress progress, Taking<T> taking) {
        try {
            taking.take().accept(batch, progress);
        } catch (RuntimeException e) {
            if (passes(e)) {
                throw e;
            }
            for (T each : batch) {
                alone(each, taking);
            }
            taking.take().accept(List.of(), progress);
        }
    }

    private <T> void alone(T each, Taking<T> taking) {
        try {
            taking.take().accept(List.of(each), Progress.NONE);
        } catch (RuntimeException e) {
            leaveOut(taking.name().apply(each), e);
        }
    }

    /** Leaves a resource out for what it failed with, unless that passes. */
    private void leaveOut(ResourceVersion which, RuntimeException e) {
        if (passes(e)) {
            throw e;
        }
        index.leaveOut(new LeftOut(which.type(), which.id(), which.version(), null, 1, cause(e)));
        LOG.error(
                "{} {}: {}/{}: {}",
                PatientIndexError.NOT_INDEXED.code(),
                PatientIndexError.NOT_INDEXED.summary(),
                which.type(),
                which.id(),
                cause(e));
    }

    /**
     * What is stored of some versions.
     *
     * @param unreadable was left out
     */
    private record Contents(Map<ResourceVersion, CanonicalResource> found, Set<ResourceVersion> unreadable) {}

    private Contents read(List<ResourceVersion> versions) {
        try {
            return new Contents(contents.readVersions(versions), Set.of());
        } catch (RuntimeException e) {
            if (passes(e)) {
                throw e;
            }
        }
        Contents each = new Contents(new HashMap<>(), new HashSet<>());
        for (ResourceVersion version : versions) {
            try {
                each.found().putAll(contents.readVersions(List.of(version)));
            } catch (RuntimeException e) {
                leaveOut(version, e);
                each.unreadable().add(version);
            }
        }
        return each;
    }

    /** A database that is away comes back; what it refuses once it refuses again. */
    private static boolean passes(RuntimeException e) {
        return e instanceof CodedException coded && coded.retryable();
    }

    private List<PatientChange> patients(List<Change> changes) {
        List<ResourceVersion> versions = changes.stream()
                .filter(each -> each.state() == StoredResource.State.CURRENT)
                .map(Change::version)
                .toList();
        Contents read = read(versions);
        List<PatientChange> patients = new ArrayList<>(changes.size());
        for (Change each : changes) {
            if (read.unreadable().contains(each.version())) {
                continue;
            }
            CanonicalResource content = read.found().get(each.version());
            patients.add(new PatientChange(
                    each.version().id(), each.version().version(), content == null ? null : content.content()));
        }
        return patients;
    }

    private static ResourceVersion name(PatientChange patient) {
        return new ResourceVersion(PatientIndexService.PATIENT, patient.patientId(), patient.version());
    }

    private static ResourceVersion name(CanonicalResource resource) {
        return new ResourceVersion(resource.type(), resource.id(), versionOf(resource));
    }

    private static int versionOf(CanonicalResource resource) {
        return resource.content().at("/meta/versionId").asInt(1);
    }

    /** By its code, where it has one, and its place: the words of a foreign exception may quote a value. */
    static String cause(Throwable failure) {
        String code = failure instanceof CodedException coded ? coded.code().code() + " " : "";
        return code + FailureFacts.place(failure);
    }

    /** How a batch is taken, and what its members are called. */
    private record Taking<T>(BiConsumer<List<T>, Progress> take, Function<T, ResourceVersion> name) {}
}
