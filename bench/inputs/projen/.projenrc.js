const { Project, github } = require("projen");

const project = new Project({ name: "widget" });
const workflow = new github.GitHub(project).addWorkflow("test");
workflow.on({ push: {} });
workflow.addJob("test", {
  runsOn: ["ubuntu-24.04"],
  permissions: { contents: github.workflows.JobPermission.READ },
  steps: [{ name: "Unit tests", run: "make test-unit" }],
});
project.synth();
