package org.tongmai.adapters.fhir.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** Shows a request to {@code Type/_search} as the GET with the same parameters (FHIR R4, http, section 3.1.0.10.1). */
final class SearchAsGet extends HttpServletRequestWrapper {
    private final String query;

    SearchAsGet(HttpServletRequest request, String form) {
        super(request);
        String own = request.getQueryString();
        this.query = own == null || own.isEmpty() ? form : form.isEmpty() ? own : own + "&" + form;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getQueryString() {
        return query;
    }

    @Override
    public String getRequestURI() {
        return withoutSearch(super.getRequestURI());
    }

    @Override
    public String getPathInfo() {
        return withoutSearch(super.getPathInfo());
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(withoutSearch(super.getRequestURL().toString()));
    }

    private static String withoutSearch(String path) {
        int at = path.lastIndexOf("/_search");
        return at < 0 ? path : path.substring(0, at);
    }
}
