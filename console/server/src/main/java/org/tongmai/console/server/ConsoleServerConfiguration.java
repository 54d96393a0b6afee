package org.tongmai.console.server;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.tongmai.console.server.account.AccountConfiguration;
import org.tongmai.console.server.audit.AuditConfiguration;
import org.tongmai.console.server.audit.AuditController;
import org.tongmai.console.server.bundle.BundleController;
import org.tongmai.console.server.bundle.TenantController;
import org.tongmai.console.server.convert.ConvertController;
import org.tongmai.console.server.delivery.DeliveryController;
import org.tongmai.console.server.delivery.ReplayController;
import org.tongmai.console.server.document.DocumentAssembly;
import org.tongmai.console.server.document.DocumentController;
import org.tongmai.console.server.document.DocumentJournal;
import org.tongmai.console.server.document.DocumentRegistry;
import org.tongmai.console.server.gateway.GatewayController;
import org.tongmai.console.server.hawtio.HawtioConfiguration;
import org.tongmai.console.server.jolokia.JolokiaConfiguration;
import org.tongmai.console.server.message.LineageController;
import org.tongmai.console.server.message.MessageController;
import org.tongmai.console.server.patientindex.GuardianshipController;
import org.tongmai.console.server.patientindex.LeftOutController;
import org.tongmai.console.server.patientindex.PatientIndexController;
import org.tongmai.console.server.patientindex.ReviewController;
import org.tongmai.console.server.problem.ProblemConfiguration;
import org.tongmai.console.server.sandbox.SandboxController;
import org.tongmai.console.server.security.AccountController;
import org.tongmai.console.server.security.AccountSessionsController;
import org.tongmai.console.server.security.OwnAccountPages;
import org.tongmai.console.server.security.SecurityConfiguration;
import org.tongmai.console.server.security.SessionController;
import org.tongmai.console.server.terminology.TerminologyController;
import org.tongmai.console.server.terminology.UnmappedController;

/**
 * Everything of this module, to be imported, not scanned for. Wants these beans from {@code console/app}: a
 * {@link ConsoleSettings}, a {@link org.tongmai.console.server.account.SecondFactorKey}, a
 * {@link javax.sql.DataSource}, the engine's {@code Journal}, {@code JournalService},
 * {@code AuditLog}, {@code Deliveries}, {@code Replays}, {@code RouteBundles}, {@code Tenants}, {@code Gateways},
 * {@code SandboxPlatform} and
 * {@code RunningBundles}; a {@code PatientIndex}, {@code Guardianships}, a {@code MappingEngine}, a {@code CdaMappings}, a
 * {@code CanonicalSearch}, and the {@code TerminologyService} with its {@code TerminologyStore}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    AccountConfiguration.class,
    AuditConfiguration.class,
    AuditController.class,
    SecurityConfiguration.class,
    JolokiaConfiguration.class,
    HawtioConfiguration.class,
    ProblemConfiguration.class,
    SessionController.class,
    AccountController.class,
    AccountSessionsController.class,
    OwnAccountPages.class,
    MessageController.class,
    LineageController.class,
    DeliveryController.class,
    ReplayController.class,
    BundleController.class,
    TenantController.class,
    GatewayController.class,
    SandboxController.class,
    ConvertController.class,
    DocumentJournal.class,
    DocumentRegistry.class,
    DocumentAssembly.class,
    DocumentController.class,
    PatientIndexController.class,
    GuardianshipController.class,
    LeftOutController.class,
    ReviewController.class,
    TerminologyController.class,
    UnmappedController.class
})
public class ConsoleServerConfiguration {}
