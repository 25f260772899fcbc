import { type ITerraformDependable, type LocalExecProvisioner, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** Properties of {@link TerraformData}. */
export interface TerraformDataProps {
  /** A change replaces the resource, and so runs its provisioners again. @default never replaced */
  readonly triggersReplace?: Readonly<Record<string, unknown>>;
  /** @default none */
  readonly provisioners?: readonly LocalExecProvisioner[];
  /** @default none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Terraform's built-in `terraform_data`: a lifecycle without a provider.
 *
 * The engine's own `DataResource` asks the terraform binary for its version at synth, and takes mappings of text only.
 */
export class TerraformData extends TerraformResource {
  private readonly props: TerraformDataProps;

  constructor(scope: Construct, id: string, props: TerraformDataProps) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      provisioners: [...(props.provisioners ?? [])],
      dependsOn: [...(props.dependsOn ?? [])],
    });
    this.props = props;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { triggersReplace } = this.props;
    return { ...(triggersReplace && { triggers_replace: triggersReplace }) };
  }
}

/**
 * Text that Terraform takes as it stands, whatever `${` or `%{` is in it. The engine replaces its own marks (`TfToken[`)
 * in every text before that, so they are taken apart by a template that puts them together again.
 */
export function literal(text: string): string {
  const escaped = text.replace(/[$%]\{/g, (opening) => `${opening.charAt(0)}${opening}`);
  return escaped.replaceAll("TfToken[", 'TfToken${"["}');
}
