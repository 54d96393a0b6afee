package org.tongmai.adapters.fhir;

import ca.uhn.fhir.rest.server.ETagSupportEnum;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.tongmai.adapters.fhir.internal.CapabilityProvider;
import org.tongmai.adapters.fhir.internal.Outcomes;
import org.tongmai.adapters.fhir.internal.PatientProvider;
import org.tongmai.adapters.fhir.internal.RefusalInterceptor;
import org.tongmai.adapters.fhir.internal.RequestGuard;
import org.tongmai.adapters.fhir.internal.ResourceProvider;
import org.tongmai.adapters.fhir.internal.SearchBundles;
import org.tongmai.adapters.fhir.internal.SearchReader;
import org.tongmai.adapters.fhir.internal.TotalInterceptor;
import org.tongmai.adapters.fhir.internal.ValidateOperation;
import org.tongmai.adapters.fhir.internal.terminology.TerminologyEndpoint;
import org.tongmai.adapters.fhir.internal.write.RequestReading;
import org.tongmai.adapters.fhir.internal.write.WriteEndpoint;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.PersonDirectory;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ResourceValidator;

/**
 * The FHIR R4 endpoint. Map it to {@code /fhir/*}; who may use it is decided in front of it. Every refusal is an
 * OperationOutcome with a code of ours.
 */
public final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1L;

    private final transient CanonicalSearch search;
    private final transient PersonDirectory persons;
    private final transient FhirSettings settings;
    private final transient RequestGuard guard;
    private final transient TerminologyEndpoint terminology;
    private final transient ResourceValidator validator;
    private final transient ValidateOperation validate;
    private transient WriteEndpoint writing;

    /**
     * @param search where the data is
     * @param persons who is one person; what is asked of one of their Patients is answered of all
     * @param tables the code tables in force, asked for with every request about them
     * @param validator what {@code $validate} asks
     */
    public FhirServlet(
            CanonicalSearch search,
            PersonDirectory persons,
            Supplier<Terminology> tables,
            ResourceValidator validator) {
        this(search, persons, tables, validator, FhirSettings.defaults());
    }

    public FhirServlet(
            CanonicalSearch search,
            PersonDirectory persons,
            Supplier<Terminology> tables,
            ResourceValidator validator,
            FhirSettings settings) {
        super(FhirR4.context());
        this.terminology = new TerminologyEndpoint(getFhirContext(), tables);
        this.search = search;
        this.persons = persons;
        this.settings = settings;
        this.validator = validator;
        this.validate = new ValidateOperation(search, validator, settings);
        this.guard = new RequestGuard(search.parameters().types(), settings);
    }

    /** Takes requests that write, too. Without this the endpoint only reads. */
    public FhirServlet taking(FhirWriting what) {
        writing = new WriteEndpoint(what.feeding(), new RequestReading(search, validator, settings), settings);
        return this;
    }

    @Override
    protected void initialize() {
        SearchReader reader = new SearchReader(search.parameters(), settings);
        SearchBundles bundles = new SearchBundles(getFhirContext());
        List<IResourceProvider> providers = new ArrayList<>();
        for (String type : search.parameters().types()) {
            providers.add(
                    type.equals("Patient")
                            ? new PatientProvider(search, persons, reader, bundles)
                            : new ResourceProvider(type, search, reader, bundles));
        }
        setResourceProviders(providers);
        setServerConformanceProvider(new CapabilityProvider(
                search.parameters(), validator, () -> writing == null ? Set.of() : writing.types()));
        setETagSupport(ETagSupportEnum.ENABLED);
        registerInterceptor(new RefusalInterceptor());
        registerInterceptor(new TotalInterceptor());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        HttpServletRequest checked;
        try {
            if (terminology.serves(request)) {
                terminology.answer(request, response);
                return;
            }
            if (ValidateOperation.isAsked(request)) {
                validate.answer(getFhirContext(), request, response);
                return;
            }
            if (writing != null && WriteEndpoint.isAsked(request)) {
                write(request, response);
                return;
            }
            checked = guard.check(request);
        } catch (CodedException refusal) {
            Outcomes.write(getFhirContext(), refusal, request, response);
            return;
        } catch (IOException e) {
            if (!(e.getCause() instanceof SocketTimeoutException)) {
                throw e;
            }
            // The server's own read timeout. One that answers it itself has closed the response, and writes nothing of
            // this.
            Issue late = Issue.of(FhirError.BODY_TOO_SLOW, "", "nothing came any more");
            Outcomes.write(getFhirContext(), new CodedException(late), request, response);
            return;
        }
        super.service(checked, response);
    }

    private void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String base = getServerAddressStrategy().determineServerBase(getServletContext(), request);
            writing.answer(request, response, base);
        } catch (RuntimeException | Error e) { // of any kind: HAPI, which would answer it, is not asked here
            if (FailureFacts.isMachineFailure(e)) {
                throw e;
            }
            throw new CodedException(RefusalInterceptor.issuesOf(e), null);
        }
    }

    /** Tells nothing about the software behind the endpoint. */
    @Override
    public void addHeadersToResponse(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }
}
